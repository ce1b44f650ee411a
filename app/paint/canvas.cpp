#include "app/paint/canvas.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/figure/caption.h"

namespace iem::paint {

void Canvas::fill_band(std::span<const Px> upper, std::span<const Px> lower, Rgba colour) {
  std::vector<Px> outline(upper.begin(), upper.end());
  outline.insert(outline.end(), lower.rbegin(), lower.rend());
  fill_polygon(outline, colour);
}

void Canvas::fill_rects(std::span<const PxRect> rects, Rgba colour) {
  for (const PxRect& rect : rects) fill_rect(rect, colour);
}

void Canvas::discs(std::span<const Disc> discs, double halo_px, Rgba halo) {
  for (const Disc& d : discs) disc(d.centre, d.radius_px, d.colour, halo_px, halo);
}

void Canvas::marked_text(std::string_view marked, Px at, const TextStyle& style) {
  TextStyle piece = style;
  piece.anchor = Anchor::left;
  const double width = measure_marked(marked, style).width;
  double x = at.x - (style.anchor == Anchor::left ? 0 : style.anchor == Anchor::centre ? width / 2 : width);
  for (const CaptionPart& part : caption_parts(marked)) {
    part.tex ? formula(part.text, {x, at.y}, piece) : text(part.text, {x, at.y}, piece);
    x += (part.tex ? measure_formula(part.text, piece) : measure_text(part.text, piece)).width;
  }
}

TextExtent Canvas::measure_marked(std::string_view marked, const TextStyle& style) {
  TextExtent all;
  for (const CaptionPart& part : caption_parts(marked)) {
    const TextExtent each = part.tex ? measure_formula(part.text, style) : measure_text(part.text, style);
    all.width += each.width;
    all.ascent = std::max(all.ascent, each.ascent), all.descent = std::max(all.descent, each.descent);
  }
  return all;
}

DashPattern dash_pattern(const Stroke& stroke) {
  const double unit = std::max(1.0, stroke.width_px / 1.8);
  switch (stroke.dash) {
    case Dash::solid: return {};
    case Dash::dashed: return {5 * unit, 4 * unit};
    case Dash::dotted: return {unit, 3 * unit};
    case Dash::long_dashed: return {9 * unit, 4 * unit};
    case Dash::dots: return {2.2 * unit, 3.6 * unit};
    case Dash::dash_dotted: return {10 * unit, 3.5 * unit, 2.2 * unit, 3.5 * unit};
    case Dash::long_short: return {12 * unit, 3 * unit, 5 * unit, 3 * unit};
    case Dash::dot_pairs: return {2.2 * unit, 2.4 * unit, 2.2 * unit, 7 * unit};
    case Dash::short_dashed: return {5 * unit, 2.5 * unit};
    case Dash::longest: return {18 * unit, 5 * unit};
  }
  return {};
}

std::vector<std::vector<Px>> cut_into_dashes(std::span<const Px> points, const DashPattern& pattern) {
  constexpr double kMostDashes = 20'000;
  std::vector<std::vector<Px>> dashes;
  const std::array<double, 4> lengths = {pattern.on, pattern.off, pattern.on2, pattern.off2};
  const std::size_t kinds = pattern.on2 > 0 ? 4 : 2;
  std::size_t piece = 0;  // even: a dash, odd: a gap
  double left = pattern.on, total = 0;
  if (points.size() < 2 || pattern.on <= 0 || pattern.off <= 0) return dashes;
  for (std::size_t i = 1; i < points.size(); ++i) total += distance(points[i - 1], points[i]);
  if (!(total <= kMostDashes * pattern.period())) return {{points.begin(), points.end()}};
  dashes.push_back({points[0]});
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    Px from = points[i];
    const Px to = points[i + 1];
    double length = distance(from, to);
    while (length > left) {
      const double t = left / length;
      from = {from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)};
      length -= left;
      if (piece % 2 == 0) {
        dashes.back().push_back(from);
      } else {
        dashes.push_back({from});
      }
      piece = (piece + 1) % kinds;
      left = lengths[piece];
    }
    left -= length;
    if (piece % 2 == 0) dashes.back().push_back(to);
  }
  return dashes;
}

}  // namespace iem::paint
