#include "app/gui/pages/plain_page.h"

#include "app/gui/context/stage_hand.h"
#include "app/gui/look/style.h"

namespace iem::gui {

const PageWindows& PlainPage::windows() const {
  static const PageWindows names{.id = "iem.dock.plain",
                                 .controls = "Controls###controls.plain",
                                 .centre = "Figure###figure",
                                 .column = {},
                                 .phases = false};
  return names;
}

void PlainPage::draw_centre(PanelContext& context) {
  ImVec2 min = ImGui::GetWindowPos();
  const ImVec2 max(min.x + ImGui::GetWindowWidth(), min.y + ImGui::GetWindowHeight());
  min.y += ImGui::GetCursorStartPos().y;
  if (max.x - min.x < px(100) || max.y - min.y < px(100)) return;
  const std::string& figure = context.lab().figures().front().id;
  const ImVec2 from(min.x + px(20), min.y + px(20)), to(max.x - px(20), max.y - px(20));
  if (context.stage_hand->takes(context, figure))
    context.stage_hand->draw_in_place(context, figure, from, to);
  else
    figures_.draw(context, figure, from, to);
}

}  // namespace iem::gui
