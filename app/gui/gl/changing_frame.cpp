#include "app/gui/gl/changing_frame.h"

#include <glad/gl.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "app/gui/gl/frame_damage.h"
#include "app/gui/gl/part_of_frame.h"
#include "app/gui/gl/software_gl.h"
#include "imgui_impl_opengl3.h"

namespace iem::gui {
namespace {

// A frame that differs in more than this share of its pixels is drawn whole, which takes as long, and so are
// the next ones, without asking what differs in them: a run that plays changes most of the window.
constexpr double kMuch = 1. / 3;
constexpr int kUnasked = 7;

bool same(const ImVec4& a, const ImVec4& b) { return a.x == b.x && a.y == b.y && a.z == b.z; }

}  // namespace

bool ChangingFrame::pays(const ImDrawData& data) {
  const bool pixel_by_pixel = data.FramebufferScale.x == 1 && data.FramebufferScale.y == 1 &&
                              data.DisplayPos.x == 0 && data.DisplayPos.y == 0;
  return draws_on_processor() && pixel_by_pixel;
}

void ChangingFrame::draw(ImDrawData& data, int width, int height, const ImVec4& paper) {
  picture_.resize(width, height);
  picture_.bind();
  const bool asks = pays(data) && unasked_ == 0;
  unasked_ = std::max(0, unasked_ - 1);
  if (asks) next_.take(data);
  if (!same(std::exchange(paper_, paper), paper)) forget();
  const std::int64_t all = std::int64_t{width} * height;
  const bool known = asks && shown_.width > 0;
  const std::vector<PixelRect> changed = known ? damage_between(shown_, next_) : std::vector<PixelRect>();
  pixels_drawn_ = known ? 0 : all;
  for (const PixelRect& rect : changed) pixels_drawn_ += rect.area();
  forget();  // what is half drawn is nothing to compare with
  const bool much = static_cast<double>(pixels_drawn_) > kMuch * static_cast<double>(all);
  if (much) {
    glClearColor(paper.x, paper.y, paper.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(&data);
    pixels_drawn_ = all;
  } else {
    draw_part(data, next_, changed, paper);
  }
  if (!asks) return;
  std::swap(shown_, next_);
  if (known && much) unasked_ = kUnasked;
}

void ChangingFrame::clear() {
  forget();
  picture_ = {};
}

}  // namespace iem::gui
