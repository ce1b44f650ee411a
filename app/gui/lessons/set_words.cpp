#include "app/gui/lessons/set_words.h"

#include <cmath>
#include <string>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {

paint::DocumentStyle page_style(float width_px) {
  paint::DocumentStyle style;
  style.width_px = width_px / scale();
  style.ink = {theme().ink, 1}, style.muted = {theme().muted, 1}, style.accent = {theme().accent, 1};
  return style;
}

float wrapped(std::string_view words, float size, bool bold, const Rgb& ink) {
  ImGuiCanvas canvas(ImGui::GetWindowDrawList(), ImGui::GetCursorScreenPos());
  paint::DocumentStyle style = page_style(row_width());
  style.text_px = size, style.line_px = std::round(1.3F * size);
  style.ink = {ink, 1};
  const std::string markdown = bold ? "**" + std::string(words) + "**" : std::string(words);
  const paint::Document set = paint::set_document(markdown, style, canvas);
  paint::paint_document(set, style, {0, 0}, canvas);
  const float height = static_cast<float>(set.height) * scale();
  ImGui::Dummy({row_width(), height});
  return height;
}

void wide_rule() {
  gap(16);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_rule_h(ImGui::GetWindowDrawList(), at.x, at.x + row_width(), at.y);
  gap(14);
}

}  // namespace iem::gui
