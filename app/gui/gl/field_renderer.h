// Fields on the GPU: the twin of core/field/field.h's render_field, with the same colours. Fields that the
// shader cannot draw (sparse responsibilities, very many components, and components so thin that single
// precision cannot tell their energies apart) are drawn by render_field itself.
//
// Pictures are kept until a number in them changes. Where OpenGL runs on the processor (no GPU), a field that
// changes in every frame is drawn at half resolution while it moves and in full as soon as it rests.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/gl/gl_program.h"
#include "app/gui/gl/gl_target.h"
#include "core/field/field.h"
#include "imgui.h"

namespace iem::gui {

class FieldRenderer {
 public:
  // Lives no longer than the window: its pictures belong to the OpenGL context.
  FieldRenderer() = default;
  FieldRenderer(const FieldRenderer&) = delete;
  FieldRenderer& operator=(const FieldRenderer&) = delete;

  // A texture of the field, row 0 at the top, opaque; valid in this frame. `view` in framebuffer pixels.
  ImTextureID texture(const FieldInput& input, const FieldView& view, const FieldPalette& palette);

  // Whether the last frame showed a coarse picture: another frame will draw it in full.
  bool wants_frame() const { return coarse_frame_ == ImGui::GetFrameCount(); }

  // For tests and measurements: the pixels at full resolution, as render_field gives them, or dithered as
  // they are shown. Empty for fields that the shader does not draw.
  std::vector<std::uint8_t> pixels(const FieldInput& input, const FieldView& view,
                                   const FieldPalette& palette, bool as_shown = false);

  // Components times pixels that may be drawn in every frame on a machine without a GPU.
  void set_budget(double component_pixels) { budget_ = component_pixels; }

 private:
  struct Picture {
    std::uint64_t key = 0;
    int frame = 0;
    bool coarse = false;
    bool boundaries = false;
    GlTarget field, with_boundaries;
    unsigned texture() const { return (boundaries ? with_boundaries : field).texture(); }
  };
  bool has_shader(const FieldInput& input);
  bool is_for_shader(const FieldInput& input, const FieldView& view);
  void draw(Picture& picture, const FieldInput& input, const FieldView& view, const FieldPalette& palette,
            bool by_shader);
  void draw_by_shader(Picture& picture, const FieldInput& input, const FieldView& view,
                      const FieldPalette& palette);
  void draw_boundaries(Picture& picture, const FieldPalette& palette);
  void forget_old_shaders();
  GlProgram* program(const FieldInput& input);
  Picture& picture_for(std::uint64_t key);
  int divisor_for(const FieldInput& input, const FieldView& view, bool by_shader, bool moves);

  std::list<Picture> pictures_;  // the one used last in front
  std::map<std::pair<std::string, FieldKind>, GlProgram> programs_;
  GlProgram boundary_;
  std::uint64_t stamp_ = 0;
  double budget_ = 0.6e6;
  bool dithers_ = true;  // on screen, where pale slopes would show bands
  int coarse_frame_ = -1;
  int software_ = -1;  // -1: not asked yet
};

}  // namespace iem::gui
