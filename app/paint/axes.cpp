// Rules, tick numbers and the names of the axes, set horizontally inside the plot's corners.
#include <algorithm>
#include <array>

#include "app/paint/figure_painter.h"
#include "app/paint/labels.h"
#include "app/paint/plate.h"
#include "core/figure/ticks.h"

namespace iem::paint {
namespace {

constexpr double kTickSize = 12, kTickGap = 6;

bool covered_by_field(const Panel& panel) {
  const auto fills = [](const Mark& m) { return std::holds_alternative<FieldMark>(m); };
  return std::any_of(panel.marks.begin(), panel.marks.end(), fills);
}
bool covered_by_cells(const Panel& panel) {
  const auto fills = [](const Mark& m) { return std::holds_alternative<Heatmap>(m); };
  return std::any_of(panel.marks.begin(), panel.marks.end(), fills);
}

void rule(Canvas& canvas, Px a, Px b, Rgba colour, double width) {
  const std::array<Px, 2> ends = {a, b};
  canvas.polyline(ends, {colour, width});
}

// "bill length (mm)" with a small arrow in the axis' direction before (up) or after (right) the words.
struct AxisName {
  std::string words;
  TextExtent words_size;
  static constexpr double kArrow = 8, kGap = 6;
  TextExtent size() const {
    return {words_size.width + kArrow + kGap, words_size.ascent, words_size.descent};
  }
};

AxisName axis_name(const Axis& axis, Canvas& canvas, const TextStyle& style) {
  AxisName name;
  name.words =
      axis.label + (axis.unit.empty() ? "" : (axis.label.empty() ? "" : " ") + ("(" + axis.unit + ")"));
  name.words_size = canvas.measure_text(name.words, style);
  return name;
}

void small_arrow(Canvas& canvas, Px from, Px to, Rgba colour) {
  rule(canvas, from, to, colour, 1.2);
  const bool up = from.x == to.x;
  const std::array<Px, 3> head = up ? std::array<Px, 3>{{{to.x - 3, to.y + 3}, to, {to.x + 3, to.y + 3}}}
                                    : std::array<Px, 3>{{{to.x - 3, to.y - 3}, to, {to.x - 3, to.y + 3}}};
  canvas.polyline(head, {colour, 1.2});
}

void paint_name(const AxisName& name, bool up, Px left, bool plate, const Theme& theme,
                const TextStyle& style, Canvas& canvas) {
  if (plate) paint_plate(canvas, text_rect(left, name.size()), theme);
  const double middle = left.y - 0.36 * style.size_px;  // of the lower-case letters and ascenders
  if (up) {
    small_arrow(canvas, {left.x + 4, left.y}, {left.x + 4, left.y - 9}, style.colour);
    canvas.text(name.words, {left.x + AxisName::kArrow + AxisName::kGap, left.y}, style);
  } else {
    canvas.text(name.words, left, style);
    const double x = left.x + name.words_size.width + AxisName::kGap;
    small_arrow(canvas, {x, middle}, {x + 9, middle}, style.colour);
  }
}

}  // namespace

std::vector<Tick> fitting_ticks(const Axis& axis, double length_px, bool horizontal, double type_scale) {
  const double needs = (horizontal ? 44 : 20) * type_scale;
  const int room = static_cast<int>(length_px / needs) + 1;
  return make_ticks(axis.lo, axis.hi, std::clamp(room, 1, std::max(1, axis.max_ticks)), axis.scale);
}

void paint_grid(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                const PaintOptions& options) {
  if (covered_by_field(panel) || covered_by_cells(panel)) return;
  const PxRect& r = to_px.rect();
  const Rgba colour = with_alpha(theme.hairline, 0.8);
  if (panel.grid) {
    for (const Tick& tick : fitting_ticks(to_px.y(), r.height(), false, options.type_scale)) {
      const double y = to_px.px_y(tick.value);
      if (y > r.y0 - 0.5 && y < r.y1 - 1) rule(canvas, {r.x0, y}, {r.x1, y}, colour, theme.hairline_px);
    }
  }
  const Rgba axis = with_alpha(theme.hairline, 1);
  rule(canvas, {r.x0, r.y0}, {r.x0, r.y1}, axis, theme.hairline_px);
  rule(canvas, {r.x0, r.y1}, {r.x1, r.y1}, axis, theme.hairline_px);
}

double y_tick_width(const Panel& panel, const Transform& to_px, Canvas& canvas, const PaintOptions& options) {
  if (!panel.y.ticks) return 0;
  double width = 0;
  const PxRect& r = to_px.rect();
  const TextStyle style{kTickSize * options.type_scale, false, Anchor::right, {}};
  for (const Tick& tick : fitting_ticks(to_px.y(), r.height(), false, options.type_scale))
    width = std::max(width, canvas.measure_text(tick.label, style).width);
  return width > 0 ? width + kTickGap : 0;
}

void paint_axes(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                const PaintOptions& options) {
  TextStyle style{kTickSize * options.type_scale, false, Anchor::right, with_alpha(theme.muted, 1)};
  const PxRect& r = to_px.rect();
  const double digit_height = 0.71 * style.size_px;
  if (panel.y.ticks) {
    for (const Tick& tick : fitting_ticks(to_px.y(), r.height(), false, options.type_scale)) {
      canvas.text(tick.label, {r.x0 - kTickGap, to_px.px_y(tick.value) + 0.5 * digit_height}, style);
    }
  }
  if (panel.x.ticks) {
    style.anchor = Anchor::centre;
    for (const Tick& tick : fitting_ticks(to_px.x(), r.width(), true, options.type_scale)) {
      // The minus hangs to the left, so that digits stand under their place.
      const double minus =
          tick.label.starts_with("\u2212") ? 0.5 * canvas.measure_text("\u2212", style).width : 0;
      canvas.text(tick.label, {to_px.px_x(tick.value) - minus, r.y1 + kTickGap + digit_height}, style);
    }
  }
  paint_axis_names(panel, to_px, theme, canvas, options);
}

void paint_axis_names(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                      const PaintOptions& options) {
  const TextStyle style{kTickSize * options.type_scale, false, Anchor::left, with_alpha(theme.muted, 1)};
  const PxRect& r = to_px.rect();
  const bool over_data = covered_by_field(panel) || covered_by_cells(panel);
  LabelPlacer placer(panel, to_px);
  const double inset = 9;
  const bool search = options.place_labels && !over_data;
  if (!panel.y.label.empty() || !panel.y.unit.empty()) {
    const AxisName name = axis_name(panel.y, canvas, style);
    const Px wish{r.x0 + inset, r.y0 + inset + name.words_size.ascent * 0.8};
    const auto place = placer.along(wish, name.size(), {6, 0}, static_cast<int>(r.width() / 6), search);
    paint_name(name, true, place.left, over_data || !place.free, theme, style, canvas);
  }
  if (!panel.x.label.empty() || !panel.x.unit.empty()) {
    const AxisName name = axis_name(panel.x, canvas, style);
    const Px wish{r.x1 - inset - name.size().width, r.y1 - inset};
    const auto place = placer.along(wish, name.size(), {-6, 0}, static_cast<int>(r.width() / 6), search);
    paint_name(name, false, place.left, over_data || !place.free, theme, style, canvas);
  }
}

}  // namespace iem::paint
