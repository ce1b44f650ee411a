#include "app/paint/shapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "app/paint/figure_painter.h"

namespace iem::paint {
namespace {

// `corners` points, the first upwards; every second one at `inner` when that is positive.
std::vector<Px> star(Px centre, int corners, double outer, double inner = 0) {
  const int n = inner > 0 ? 2 * corners : corners;
  std::vector<Px> points;
  for (int i = 0; i < n; ++i) {
    const double angle = 2 * std::numbers::pi * i / n - std::numbers::pi / 2;
    const double r = inner > 0 && i % 2 == 1 ? inner : outer;
    points.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
  }
  return points;
}

std::vector<Px> plus(Px centre, double reach, double half_arm, double turn) {
  const std::array<Px, 12> corners = {{{half_arm, -reach},
                                       {half_arm, -half_arm},
                                       {reach, -half_arm},
                                       {reach, half_arm},
                                       {half_arm, half_arm},
                                       {half_arm, reach},
                                       {-half_arm, reach},
                                       {-half_arm, half_arm},
                                       {-reach, half_arm},
                                       {-reach, -half_arm},
                                       {-half_arm, -half_arm},
                                       {-half_arm, -reach}}};
  std::vector<Px> points;
  for (Px p : corners) {
    points.push_back({centre.x + p.x * std::cos(turn) - p.y * std::sin(turn),
                      centre.y + p.x * std::sin(turn) + p.y * std::cos(turn)});
  }
  return points;
}

}  // namespace

std::vector<Px> prototype_outline(int j, Px c, double r) {
  switch (j % 8) {
    case 1: {
      const double half = 1.22 * r / std::numbers::sqrt2;
      return {{c.x - half, c.y - half},
              {c.x + half, c.y - half},
              {c.x + half, c.y + half},
              {c.x - half, c.y + half}};
    }
    case 2: return star({c.x, c.y + 0.16 * r}, 3, 1.34 * r);
    case 3: return star(c, 4, 1.28 * r);
    case 4: return star(c, 5, 1.12 * r);
    case 5: return star(c, 5, 1.30 * r, 0.58 * r);
    case 6: return plus(c, 1.16 * r, 0.38 * r, 0);
    case 7: return plus(c, 1.16 * r, 0.38 * r, std::numbers::pi / 4);
    default: return {};
  }
}

void paint_shape(Canvas& canvas, Shape shape, int prototype, Px centre, double radius_px, Rgba colour,
                 Rgb paper, double halo_px, bool hollow, double stroke_px) {
  std::vector<Px> outline;
  if (shape == Shape::prototype) outline = prototype_outline(prototype, centre, radius_px);
  if (shape == Shape::tick) {
    const double half = 0.32 * radius_px;
    outline = {{centre.x - half, centre.y - radius_px},
               {centre.x + half, centre.y - radius_px},
               {centre.x + half, centre.y + radius_px},
               {centre.x - half, centre.y + radius_px}};
  }
  const Rgba ground = with_alpha(paper, 1);
  const bool open = hollow || shape == Shape::ring;
  if (outline.empty()) {
    canvas.disc(centre, radius_px, open ? ground : colour, halo_px + (open ? stroke_px / 2 : 0), ground);
    if (open) canvas.circle(centre, radius_px, {colour, stroke_px, Dash::solid, true});
    return;
  }
  const double edge = 2 * halo_px + (open ? stroke_px : 0);
  if (halo_px > 0) canvas.polyline(outline, {ground, edge, Dash::solid, true});
  canvas.fill_polygon(outline, open ? ground : colour);
  if (open) canvas.polyline(outline, {colour, stroke_px, Dash::solid, true});
}

void paint_prototype(Canvas& canvas, const Theme& theme, int prototype, Px centre, double radius_px,
                     double halo_px, bool hollow, double alpha) {
  const Rgb colour = hollow ? line_colour(theme, prototype) : mark_colour(theme, prototype);
  paint_shape(canvas, Shape::prototype, prototype, centre, radius_px, with_alpha(colour, alpha), theme.paper,
              halo_px, hollow, 2);
}

void paint_arrow(Canvas& canvas, Px from, Px to, const Arrow& arrow, Rgba colour, Rgb paper) {
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  if (!(length > 0.3)) return;  // also when not finite
  const Px u{(to.x - from.x) / length, (to.y - from.y) / length};
  const double head = std::min(arrow.head_length_px, 0.6 * length);
  const double half = arrow.head_length_px > 0 ? 0.5 * arrow.head_width_px * head / arrow.head_length_px : 0;
  const Px base{to.x - head * u.x, to.y - head * u.y};
  const std::array<Px, 2> shaft = {from, base};
  const std::array<Px, 3> tip = {
      {{base.x - half * u.y, base.y + half * u.x}, to, {base.x + half * u.y, base.y - half * u.x}}};
  const Rgba ground = with_alpha(paper, colour.a);
  if (arrow.halo) {
    canvas.polyline(shaft, {ground, arrow.width_px + 3.0});
    if (head > 0) canvas.polyline(tip, {ground, 5.0, Dash::solid, true});
  }
  canvas.polyline(shaft, {colour, arrow.width_px, arrow.dash});
  if (arrow.hollow && length > 3) {
    const std::array<Px, 2> inside = {Px{from.x + 1.5 * u.x, from.y + 1.5 * u.y},
                                      Px{base.x - 1.5 * u.x, base.y - 1.5 * u.y}};
    canvas.polyline(inside, {with_alpha(paper, 1), std::max(arrow.width_px - 3, 0.5)});
  }
  if (head > 0) canvas.fill_polygon(tip, colour);
}

}  // namespace iem::paint
