// Marks between widgets: prototypes' shapes, bars, pills.

#include <array>

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

void draw_lane_sample(ImDrawList* list, int mark, bool faint, ImVec2 left, float width) {
  ImGuiCanvas canvas(list);
  const std::array<paint::Px, 2> ends = {canvas.from_screen(left),
                                         canvas.from_screen({left.x + width, left.y})};
  paint::Stroke stroke;
  stroke.colour = paint::with_alpha(paint::lane_colour(theme(), mark), faint ? 0.45 : 1.0);
  stroke.width_px = 2.2;
  stroke.dash = series_dash(mark);
  canvas.polyline(ends, stroke);
}

void draw_pill(ImDrawList* list, ImVec2 min, ImVec2 max, const Rgb& ink) {
  list->AddRectFilled(min, max, colour(ink, 0.12), 0.5F * (max.y - min.y));
}

}  // namespace iem::gui
