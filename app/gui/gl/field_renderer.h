// Fields on the GPU: the twin of core/field/field.h's render_field, with the same colours. Fields that the
// shader cannot draw (sparse responsibilities, very many components, and components so thin that single
// precision cannot tell their energies apart) are drawn by render_field itself.
//
// Pictures are kept until a number in them changes, and drawn when the frame that shows them is: a frame that
// nobody sees, as in a window without a display, costs none. Where OpenGL runs on the processor (no GPU), a
// field that changes in every frame is drawn at half resolution while it moves and in full as soon as it
// rests.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "app/gui/gl/gl_program.h"
#include "app/gui/gl/gl_target.h"
#include "core/field/field.h"
#include "imgui.h"

namespace iem::gui {

class FieldRenderer {
 public:
  // Lives no longer than the window: its pictures belong to the OpenGL context.
  FieldRenderer();
  ~FieldRenderer();
  FieldRenderer(const FieldRenderer&) = delete;
  FieldRenderer& operator=(const FieldRenderer&) = delete;

  // A texture of the field, row 0 at the top, opaque; valid in this frame, and drawn by draw_due_fields.
  // `view` in framebuffer pixels.
  ImTextureID texture(const FieldInput& input, const FieldView& view, const FieldPalette& palette);

  // Draws what the last frame shows and has not been drawn.
  void draw_due();

  // Whether the last frame showed a coarse picture: another frame will draw it in full.
  bool wants_frame() const { return coarse_frame_ == ImGui::GetFrameCount(); }

  // For tests and measurements: the pixels at full resolution, as render_field gives them, or dithered as
  // they are shown. Empty for fields that the shader does not draw.
  std::vector<std::uint8_t> pixels(const FieldInput& input, const FieldView& view,
                                   const FieldPalette& palette, bool as_shown = false);

  // Components times pixels that may be drawn in every frame on a machine without a GPU.
  void set_budget(double component_pixels) { budget_ = component_pixels; }

 private:
  struct Order {
    FieldInput input;
    FieldView view;
    FieldPalette palette;
    bool by_shader = false;
  };
  struct Picture {
    std::uint64_t key = 0;
    int frame = 0;
    bool coarse = false;
    GlTarget field;
    std::optional<Order> due;  // its pixels are not drawn yet
  };
  bool has_shader(const FieldInput& input);
  bool is_for_shader(const FieldInput& input, const FieldView& view);
  static void order(Picture& picture, Order order);
  void draw(Picture& picture);
  void draw_by_shader(Picture& picture, const Order& order);
  void forget_old_shaders();
  GlProgram* program(const FieldInput& input);
  Picture& picture_for(std::uint64_t key);
  int divisor_for(const FieldInput& input, const FieldView& view, bool by_shader, bool moves);

  std::list<Picture> pictures_;  // the one used last in front
  // By energy, kind, whether boundaries are drawn, and the number of components where its loops are unrolled,
  // or 0.
  std::map<std::tuple<std::string, FieldKind, bool, std::size_t>, GlProgram> programs_;
  std::uint64_t stamp_ = 0;
  double budget_ = 0.6e6;
  bool dithers_ = true;  // on screen, where pale slopes would show bands
  int coarse_frame_ = -1;
};

// Of every renderer; before the frame itself is drawn.
void draw_due_fields();
// From now on every frame is seen: fields are drawn as soon as they are asked for, so that a rasteriser on
// the processor works on them while the rest of the frame is made.
void draw_fields_at_once();

}  // namespace iem::gui
