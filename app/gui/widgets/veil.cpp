#include "app/gui/widgets/veil.h"

#include <algorithm>
#include <cmath>

#include "app/gui/look/style.h"

namespace iem::gui {
namespace {

constexpr double kVeil = 0.58;
constexpr float kCell_px = 6;  // of the mesh, style pixels: finer than any soft edge

// 0 in a hole, 1 outside of all of them.
double outside(paint::Px at, std::span<const paint::Px> centres, double radius, double edge) {
  double out = 1;
  for (const paint::Px& centre : centres) {
    const double way = (std::hypot(at.x - centre.x, at.y - centre.y) - radius) / edge + 0.5;
    const double t = std::clamp(way, 0.0, 1.0);
    out = std::min(out, t * t * (3 - 2 * t));
  }
  return out;
}

}  // namespace

// A mesh whose corners carry the veil's alpha: the rasteriser blends between them.
void draw_veil(ImDrawList* list, const paint::PxRect& all, std::span<const paint::Px> centres,
               double radius_px, double edge_px) {
  const double width = all.x1 - all.x0, height = all.y1 - all.y0;
  if (!(width > 0 && height > 0)) return;
  const int columns = std::clamp(static_cast<int>(width / kCell_px), 1, 240);
  const int rows = std::clamp(static_cast<int>(height / kCell_px), 1, 240);
  const int corners = (columns + 1) * (rows + 1);
  const ImVec2 uv = ImGui::GetFontTexUvWhitePixel();
  list->PrimReserve(6 * columns * rows, corners);
  const unsigned first = list->_VtxCurrentIdx;
  const auto index = [&](int column, int row) {
    return static_cast<ImDrawIdx>(first + static_cast<unsigned>(row * (columns + 1) + column));
  };
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column)
      for (const ImDrawIdx i : {index(column, row), index(column + 1, row), index(column + 1, row + 1),
                                index(column, row), index(column + 1, row + 1), index(column, row + 1)})
        list->PrimWriteIdx(i);
  const double s = scale();
  for (int row = 0; row <= rows; ++row)
    for (int column = 0; column <= columns; ++column) {
      const paint::Px at{all.x0 + width * column / columns, all.y0 + height * row / rows};
      const double alpha = kVeil * outside(at, centres, radius_px, edge_px);
      list->PrimWriteVtx({static_cast<float>(at.x * s), static_cast<float>(at.y * s)}, uv,
                         colour(theme().paper, alpha));
    }
}

}  // namespace iem::gui
