// Gauges, and the legend at the foot of a stage.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "app/paint/brush.h"
#include "app/paint/labels.h"
#include "app/paint/shapes.h"

namespace iem::paint {
namespace {

// A sign as large as the words beside it; returns its width.
double paint_sign(Sign sign, int prototype, const Ink& of_bar, Px left, const Brush& b) {
  const Rgba ink = with_alpha(b.theme.ink, 1);
  const double middle = left.y - 4.5;
  switch (sign) {
    case Sign::full_bar:
      b.canvas.fill_rect({left.x, left.y - 10, left.x + 6, left.y + 1}, resolve(b.theme, of_bar), 0);
      return 6;
    case Sign::hollow_bar: {
      const std::array<Px, 4> outline = {
          {{left.x, left.y - 10}, {left.x + 6, left.y - 10}, {left.x + 6, left.y + 1}, {left.x, left.y + 1}}};
      b.canvas.polyline(outline, {ink, 1.2, Dash::solid, true});
      return 6;
    }
    case Sign::arrow: {
      Arrow arrow;
      arrow.width_px = 1.8, arrow.head_length_px = 6, arrow.head_width_px = 7;
      paint_arrow(b.canvas, {left.x + 4, left.y + 2}, {left.x + 4, left.y - 11}, arrow,
                  with_alpha(b.theme.accent, 1), b.theme.paper);
      return 8;
    }
    case Sign::dashes: {
      const std::array<Px, 2> line = {{{left.x, middle}, {left.x + 22, middle}}};
      b.canvas.polyline(line, {with_alpha(b.theme.muted, 1), 1.4, Dash::dashed});
      return 22;
    }
    case Sign::shape: paint_prototype(b.canvas, b.theme, prototype, {left.x + 4, left.y - 4}, 4); return 8;
    case Sign::arrow_along: {
      Arrow arrow;
      arrow.width_px = 1.8, arrow.head_length_px = 7, arrow.head_width_px = 6.5;
      paint_arrow(b.canvas, {left.x, middle}, {left.x + 20, middle}, arrow, with_alpha(b.theme.muted, 1),
                  b.theme.paper);
      return 20;
    }
    case Sign::stop: {
      const std::array<Px, 2> line = {{{left.x, middle}, {left.x + 18, middle}}},
                              bar = {{{left.x + 18, middle - 4}, {left.x + 18, middle + 4}}};
      for (const auto& stroke : {line, bar}) b.canvas.polyline(stroke, {with_alpha(b.theme.muted, 1), 1.6});
      return 20;
    }
    case Sign::ring:
      b.canvas.circle({left.x + 3, middle}, 2.5, {with_alpha(b.theme.muted, 1), 1.3, Dash::solid, true});
      return 6;
  }
  return 0;
}

constexpr double kSignGap = 6, kEntryGap = 18, kLegendLine = 18;
double sign_width(Sign sign) {
  if (sign == Sign::arrow_along || sign == Sign::stop) return 20;
  return sign == Sign::dashes ? 22 : sign == Sign::arrow || sign == Sign::shape ? 8 : 6;
}

}  // namespace

// Sizes as the attention stage has them: a bar 8 wide and at most 34 long, an arrow beside it.
void paint(const Gauge& gauge, const Brush& b) {
  const Px p = b.to_px(gauge.x, gauge.y);
  if (!b.shows(p) || !std::isfinite(gauge.value)) return;
  const double scale = b.options.mark_scale, half = 4 * scale;
  const double x = p.x + gauge.dx_px * scale, length = 34 * scale * std::clamp(gauge.value, -1.0, 1.0);
  const PxRect bar{x - half, std::min(p.y, p.y - length), x + half, std::max(p.y, p.y - length)};
  const Rgba ink = with_alpha(b.theme.ink, 1);
  b.canvas.fill_rect(bar.grown(1.5), with_alpha(b.theme.paper, 0.9), 0);
  if (gauge.value > 0) {
    b.canvas.fill_rect(bar, ink, 0);
  } else if (gauge.value < 0) {
    const std::array<Px, 4> outline = {
        {{bar.x0, bar.y0}, {bar.x1, bar.y0}, {bar.x1, bar.y1}, {bar.x0, bar.y1}}};
    b.canvas.polyline(outline, {ink, 1.2, Dash::solid, true});
  }
  const std::array<Px, 2> foot = {{{x - half - 3, p.y}, {x + half + 3, p.y}}};
  b.canvas.polyline(foot, {ink, 1});
  if (gauge.direction == 0) return;
  const double up = gauge.direction > 0 ? -1 : 1, at = x + (half + 11) * 1.0;
  // On the left side the arrow stands between the bar and its key, so a hairline connects them.
  const std::array<Px, 2> leader = {{{at + 5 * scale, p.y}, {p.x - 9 * scale, p.y}}};
  if (gauge.dx_px < 0) b.canvas.polyline(leader, {with_alpha(b.theme.muted, 1), b.theme.hairline_px});
  Arrow arrow;
  arrow.width_px = 2, arrow.head_length_px = 7 * scale, arrow.head_width_px = 8 * scale;
  paint_arrow(b.canvas, {at, p.y - up * 7 * scale}, {at, p.y + up * 7 * scale}, arrow,
              with_alpha(b.theme.accent, 1), b.theme.paper);
}

namespace {

// No type is under 12 px, which are 7 pt on paper.
TextStyle legend_style(const Theme& theme, const PaintOptions& options) {
  return {12 * options.type_scale, false, Anchor::left, with_alpha(theme.muted, 1)};
}

// On paper and below a stage it stands below the axis and its name, where it covers nothing.
bool is_outside(const PaintOptions& options) { return options.place_labels || options.legend_below; }

// Left of it, where the plot reaches to the edge of the window.
double inset_outside(const PaintOptions& options) { return options.numbers ? 0 : 12; }

// The entries of each line, and how wide each is.
struct LegendLines {
  std::vector<std::vector<std::size_t>> lines{1};
  std::vector<double> widths;
};

LegendLines break_legend(const Legend& legend, double room, Canvas& canvas, const TextStyle& style) {
  LegendLines out;
  double used = 0;
  for (std::size_t i = 0; i < legend.entries.size(); ++i) {
    const auto& [sign, words] = legend.entries[i];
    out.widths.push_back(sign_width(sign) + kSignGap + canvas.measure_text(words, style).width);
    if (!out.lines.back().empty() && used + kEntryGap + out.widths[i] > room)
      out.lines.emplace_back(), used = 0;
    used += (out.lines.back().empty() ? 0 : kEntryGap) + out.widths[i];
    out.lines.back().push_back(i);
  }
  return out;
}

double width_of(const std::vector<std::size_t>& line, const std::vector<double>& widths) {
  double wide = -kEntryGap;
  for (const std::size_t i : line) wide += widths[i] + kEntryGap;
  return wide;
}

double widest_of(const LegendLines& broken) {
  double wide = 0;
  for (const auto& line : broken.lines) wide = std::max(wide, width_of(line, broken.widths));
  return wide;
}

// The baseline of the first line where it covers nothing: on paper below the axis and its name, on screen
// below the numbers.
double baseline_outside(const Brush& b) {
  const double ticks = b.panel.x.ticks && b.options.numbers ? 20 : 0, below = b.to_px.rect().y1 + ticks;
  const double names =
      b.options.place_labels ? axis_name_room(b.panel, b.to_px, b.canvas, b.options).below : 0;
  return below + names + kLegendLine * b.options.type_scale;
}

// In the lower left corner, above the name of an axis that stands there.
PxRect lower_left(const PxRect& ground, double wide, double high, const Brush& b) {
  PxRect box{ground.x0 + 12, ground.y1 - 8 - high, ground.x0 + 12 + wide, ground.y1 - 8};
  for (const PxRect& name : axis_name_rects(b.panel, b.to_px, b.canvas, b.options))
    if (name.overlaps(box)) box.y1 = name.y0 - 4, box.y0 = box.y1 - high;
  return box;
}

// In the lower left corner, or elsewhere if that hides a point or a handle; where no place is free it stays
// there.
PxRect place_inside(const PxRect& ground, double wide, double high, const Brush& b) {
  const PxRect wish = lower_left(ground, wide, high, b);
  LabelPlacer taken(b.panel, b.to_px);
  taken.forget_curves();
  for (const PxRect& name : axis_name_rects(b.panel, b.to_px, b.canvas, b.options)) taken.take(name.grown(4));
  if (taken.is_free(wish)) return wish;
  if (const Corner corner = free_corner(taken, ground, wide, high); corner.free) return corner.box;
  const Corner place = free_place(taken, ground, wide, high);
  return place.free ? place.box : wish;
}

void paint_lines(const Legend& legend, const LegendLines& broken, Px first, bool plate, const Brush& b) {
  const TextStyle style = legend_style(b.theme, b.options);
  const double scale = b.options.type_scale;
  double y = first.y;
  for (const auto& line : broken.lines) {
    double x = first.x;
    const double wide = width_of(line, broken.widths);
    if (plate) paint_plate(b.canvas, {x - 2, y - 11 * scale, x + wide + 2, y + 4 * scale}, b.theme);
    for (const std::size_t i : line) {
      const auto& [sign, words] = legend.entries[i];
      const int prototype = i < legend.prototypes.size() ? legend.prototypes[i] : 0;
      const Ink bar = i < legend.inks.size() ? legend.inks[i] : Ink{};
      const double after = x + paint_sign(sign, prototype, bar, {x, y}, b) + kSignGap;
      b.canvas.text(words, {after, y}, style);
      x += broken.widths[i] + kEntryGap;
    }
    y += kLegendLine * scale;
  }
}

}  // namespace

void paint(const Legend& legend, const Brush& b) {
  if (b.options.key_inside) return;  // its place is found when all else has one
  const PxRect& plot = b.to_px.rect();
  const TextStyle style = legend_style(b.theme, b.options);
  if (is_outside(b.options)) {
    const double inset = inset_outside(b.options);
    const LegendLines broken = break_legend(legend, plot.width() - 12 - inset, b.canvas, style);
    return paint_lines(legend, broken, {plot.x0 + inset, baseline_outside(b)}, false, b);
  }
  const PxRect ground = ground_of(b.panel, b.to_px);
  const LegendLines broken = break_legend(legend, ground.width() - 24, b.canvas, style);
  const double high = kLegendLine * b.options.type_scale * static_cast<double>(broken.lines.size());
  const PxRect box = place_inside(ground, widest_of(broken), high, b);
  paint_lines(legend, broken, {box.x0, box.y0 + 0.75 * kLegendLine * b.options.type_scale}, true, b);
}

void paint_legend_inside(const Brush& b, const PxRect& names) {
  const PxRect& plot = b.to_px.rect();
  const double high = kLegendLine * b.options.type_scale;
  for (const Mark& mark : b.panel.marks) {
    const auto* legend = std::get_if<Legend>(&mark);
    if (!legend) continue;
    const LegendLines broken =
        break_legend(*legend, plot.width() - 24, b.canvas, legend_style(b.theme, b.options));
    LabelPlacer taken(b.panel, b.to_px);
    taken.take(names);
    const Corner place =
        free_corner(taken, plot, widest_of(broken), high * static_cast<double>(broken.lines.size()));
    paint_lines(*legend, broken, {place.box.x0, place.box.y0 + 0.75 * high}, true, b);
  }
}

void paint_legend(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                  const PaintOptions& options) {
  const Brush brush{panel, to_px, theme, canvas, options, canvas};
  for (const Mark& mark : panel.marks)
    if (const auto* legend = std::get_if<Legend>(&mark)) paint(*legend, brush);
}

double legend_room(const Panel& panel, double plot_width, Canvas& canvas, const PaintOptions& options) {
  const TextStyle style = legend_style(theme(ThemeId::light), options);
  if (options.key_inside) return 0;
  const double room = plot_width - 12 - inset_outside(options);
  for (const Mark& mark : panel.marks)
    if (const auto* legend = std::get_if<Legend>(&mark))
      return kLegendLine * options.type_scale *
                 static_cast<double>(break_legend(*legend, room, canvas, style).lines.size()) +
             4;
  return 0;
}

}  // namespace iem::paint
