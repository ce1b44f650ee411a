#include "app/paint/field_paint.h"

#include <algorithm>
#include <cmath>

#include "core/field/contour.h"
#include "core/field/field.h"

namespace iem::paint {
namespace {

// The boundary of prototype j, where it equals the best of the others: the zero line of log r_j - max_k log
// r_k. Logarithms are nearly straight across a boundary, so a coarse grid gives a smooth line where r itself
// would give steps.
std::vector<Polylines> boundary_lines(const FieldInput& input, const Transform& to_px) {
  const PxRect& r = to_px.rect();
  const int columns = std::clamp(static_cast<int>(r.width() / 3), 2, 400);
  const int rows = std::clamp(static_cast<int>(r.height() / 3), 2, 400);
  const std::size_t k = input.components.size(),
                    cells = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
  std::vector<double> log_r(cells * k), weights(k);
  const double x0 = to_px.x().lo, x1 = to_px.x().hi, y0 = to_px.y().lo, y1 = to_px.y().hi;
  for (std::size_t c = 0; c < cells; ++c) {
    const auto row = c / static_cast<std::size_t>(columns), column = c % static_cast<std::size_t>(columns);
    field_responsibilities(input, x0 + (x1 - x0) * static_cast<double>(column) / (columns - 1),
                           y0 + (y1 - y0) * static_cast<double>(row) / (rows - 1), weights.data());
    for (std::size_t j = 0; j < k; ++j) log_r[c * k + j] = std::log(std::max(weights[j], 1e-300));
  }
  std::vector<Polylines> lines;
  std::vector<double> lead(cells);
  for (std::size_t j = 0; j + 1 < k + (k > 2 ? 1 : 0); ++j) {
    for (std::size_t c = 0; c < cells; ++c) {
      double best = -1e300;
      for (std::size_t other = 0; other < k; ++other) {
        if (other != j) best = std::max(best, log_r[c * k + other]);
      }
      lead[c] = log_r[c * k + j] - best;
    }
    lines.push_back(iso_lines(lead, rows, columns, x0, x1, y0, y1, 0));
  }
  return lines;
}

}  // namespace

void paint_field(const FieldMark& mark, const Transform& to_px, const Theme& theme, Canvas& canvas,
                 const PaintOptions& options) {
  if (!mark.input || mark.input->components.empty()) return;
  FieldInput input = *mark.input;
  const bool divides = input.kind == FieldKind::responsibility || input.kind == FieldKind::assignment;
  const bool boundaries = input.components.size() > 1 && (input.boundaries || (theme.boundaries && divides));
  input.boundaries = false;  // drawn below as lines, sharp at any size
  FieldView view{to_px.x().lo, to_px.x().hi, to_px.y().lo, to_px.y().hi, 1, 1};
  view.width = std::max(1, static_cast<int>(std::lround(to_px.rect().width() * options.image_density)));
  view.height = std::max(1, static_cast<int>(std::lround(to_px.rect().height() * options.image_density)));
  const auto count = static_cast<int>(input.components.size());
  canvas.image({view.width, view.height, render_field(input, view, field_palette(theme, count)), 0},
               to_px.rect(), true);
  if (!boundaries) return;
  canvas.push_clip(to_px.rect());
  const double width = std::max(1.0, theme.hairline_px);
  for (const Polylines& lines : boundary_lines(input, to_px)) {
    std::vector<Px> piece;
    for (std::size_t i = 0; i <= lines.x.size(); ++i) {
      if (i < lines.x.size() && !std::isnan(lines.x[i])) {
        piece.push_back(to_px(lines.x[i], lines.y[i]));
        continue;
      }
      if (piece.size() > 1) canvas.polyline(piece, {with_alpha(theme.muted, 1), width});
      piece.clear();
    }
  }
  canvas.pop_clip();
}

}  // namespace iem::paint
