// Marks between widgets: prototypes' shapes, bars, pills.
#include <algorithm>

#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/widgets.h"
#include "app/paint/figure_painter.h"

namespace iem::gui {

void draw_prototype(ImDrawList* list, int j, ImVec2 centre, float radius, float halo, bool hollow,
                    double alpha) {
  ImGuiCanvas canvas(list);
  paint::paint_prototype(canvas, theme(), j, canvas.from_screen(centre), radius / scale(), halo / scale(),
                         hollow, alpha);
}

void draw_bar(ImDrawList* list, ImVec2 min, ImVec2 max, double fraction, ImU32 fill, bool from_right) {
  // Under dark paper nothing is sunken far enough to be seen.
  const Rgb& track = theme().id == paint::ThemeId::dark ? theme().raised : theme().sunken;
  list->AddRectFilled(min, max, colour(track, theme().id == paint::ThemeId::dark ? 0.7 : 1), px(3));
  const float length = static_cast<float>(std::clamp(fraction, 0.0, 1.0)) * (max.x - min.x);
  if (length < 0.5F) return;
  (from_right ? min.x : max.x) = from_right ? max.x - length : min.x + length;
  list->AddRectFilled(min, max, fill, px(3));
}

void draw_pill(ImDrawList* list, ImVec2 min, ImVec2 max, const Rgb& ink) {
  list->AddRectFilled(min, max, colour(ink, 0.12), 0.5F * (max.y - min.y));
}

}  // namespace iem::gui
