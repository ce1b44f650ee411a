// One function a mark, drawn in the figure's order.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "app/paint/bounded_canvas.h"
#include "app/paint/brush.h"
#include "app/paint/field_paint.h"
#include "app/paint/heatmap_paint.h"
#include "app/paint/shapes.h"
#include "app/paint/surface_paint.h"

namespace iem::paint {
namespace {

// A curve with many points per pixel looks the same with only the first, lowest, highest and last point of
// each quarter pixel.
std::vector<Px> thinned(std::vector<Px> points) {
  std::vector<Px> out;
  for (std::size_t i = 0; i < points.size();) {
    const double column = std::floor(points[i].x * 4);
    std::size_t low = i, high = i, end = i;
    for (; end < points.size() && std::floor(points[end].x * 4) == column; ++end) {
      if (points[end].y < points[low].y) low = end;
      if (points[end].y > points[high].y) high = end;
    }
    std::array<std::size_t, 4> keep = {i, std::min(low, high), std::max(low, high), end - 1};
    for (std::size_t k = 0; k < keep.size(); ++k) {
      if (k == 0 || keep[k] != keep[k - 1]) out.push_back(points[keep[k]]);
    }
    i = end;
  }
  return out;
}

std::vector<std::vector<Px>> pieces(Values x, Values y, const Transform& to_px) {
  std::vector<std::vector<Px>> out(1);
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    const Px p = to_px(x[i], y[i]);
    if (finite(p)) {
      out.back().push_back(p);
    } else if (!out.back().empty()) {
      out.emplace_back();
    }
  }
  for (auto& piece : out) {
    if (static_cast<double>(piece.size()) > 8 * to_px.rect().width()) piece = thinned(std::move(piece));
  }
  return out;
}

void paint(const Line& line, const Brush& b) {
  const Rgba colour = resolve(b.theme, line.ink);
  const auto curves = pieces(line.x, line.y, b.to_px);
  for (const auto& curve : curves) {
    if (curve.size() < 2) continue;
    if (line.halo_px > 0) {
      b.canvas.polyline(curve, {with_alpha(b.theme.paper, 1), line.width_px + 2 * line.halo_px});
    }
    b.canvas.polyline(curve, {colour, line.width_px, line.dash});
  }
}

void paint(const Band& band, const Brush& b) {
  const std::size_t n = std::min({band.x.size(), band.lower.size(), band.upper.size()});
  Rgba ink = resolve(b.theme, band.ink);
  if (band.ink.role == Role::mark) ink.a = std::min(1.0, b.theme.shade * ink.a);
  constexpr double kUnseen = 1.0 / 64;  // px
  std::vector<Px> upper, lower;
  bool was_thin = false;
  const auto flush = [&] {
    if (upper.size() > 1) b.canvas.fill_band(upper, lower, ink);
    upper.clear(), lower.clear();
  };
  for (std::size_t i = 0; i < n; ++i) {
    const Px up = b.to_px(band.x[i], band.upper[i]), down = b.to_px(band.x[i], band.lower[i]);
    const bool thin = std::abs(up.y - down.y) < kUnseen;
    if (thin && was_thin) flush();  // nothing to see between the two
    was_thin = thin;
    if (finite(up) && finite(down)) {
      upper.push_back(up), lower.push_back(down);
    } else {
      flush();
    }
  }
  flush();
}

// Along three sides, from the base to the end and back.
void outline_bar(const PxRect& r, bool horizontal, Px base, const Stroke& stroke, Canvas& canvas) {
  const bool right = base.x <= 0.5 * (r.x0 + r.x1), down = base.y <= 0.5 * (r.y0 + r.y1);
  const double x = right ? r.x1 : r.x0, from_x = right ? r.x0 : r.x1;
  const double y = down ? r.y1 : r.y0, from_y = down ? r.y0 : r.y1;
  const std::array<Px, 4> lying = {{{from_x, r.y0}, {x, r.y0}, {x, r.y1}, {from_x, r.y1}}},
                          upright = {{{r.x0, from_y}, {r.x0, y}, {r.x1, y}, {r.x1, from_y}}};
  canvas.polyline(horizontal ? lying : upright, stroke);
}

void paint(const Bars& bars, const Brush& b) {
  for (std::size_t i = 0; i < std::min(bars.x.size(), bars.y.size()); ++i) {
    const double h = 0.5 * bars.width;
    const Px p = bars.horizontal ? b.to_px(bars.base, bars.y[i] - h) : b.to_px(bars.x[i] - h, bars.base);
    const Px q = bars.horizontal ? b.to_px(bars.x[i], bars.y[i] + h) : b.to_px(bars.x[i] + h, bars.y[i]);
    if (!finite(p) || !finite(q)) continue;
    PxRect rect{std::min(p.x, q.x), std::min(p.y, q.y), std::max(p.x, q.x), std::max(p.y, q.y)};
    double& low = bars.horizontal ? rect.y0 : rect.x0;
    double& high = bars.horizontal ? rect.y1 : rect.x1;
    if (const double over = high - low - bars.most_px; over > 0) low += 0.5 * over, high -= 0.5 * over;
    const double across = high - low;
    const double along = bars.horizontal ? rect.width() : rect.height();
    const Ink ink = bars.ink.empty() ? Ink{} : bars.ink[std::min(i, bars.ink.size() - 1)];
    if (bars.outline_px > 0)
      outline_bar(rect, bars.horizontal, p, {resolve(b.theme, ink), bars.outline_px}, b.canvas);
    else
      b.canvas.fill_rect(rect, resolve(b.theme, ink), across >= 10 && along >= 4 ? 2 : 0);
  }
}

// Each point the shape of its group, which tells groups apart without colour.
void paint_as_shapes(const Scatter& scatter, const Brush& b) {
  for (std::size_t i = 0; i < std::min(scatter.x.size(), scatter.y.size()); ++i) {
    const Px p = b.to_px(scatter.x[i], scatter.y[i]);
    if (!b.shows(p)) continue;
    const bool hovered = b.hovered(scatter.element, static_cast<int>(i));
    const double radius = (scatter.radius_px + 0.8) * b.options.mark_scale * (hovered ? 1.6 : 1);
    paint_prototype(b.canvas, b.theme, scatter.groups[i], p, radius, scatter.halo_px);
  }
}

// Each point the shape that `forms` says in its own colour.
void paint_as_forms(const Scatter& scatter, const ScatterColours& colours, const Brush& b) {
  constexpr double kRing = 0.86, kOutline_px = 1.3;  // of the radius of a shape
  const std::size_t n = std::min({scatter.x.size(), scatter.y.size(), scatter.forms.size()});
  for (std::size_t i = 0; i < n; ++i) {
    const Px p = b.to_px(scatter.x[i], scatter.y[i]);
    if (!b.shows(p)) continue;
    const bool hovered = b.hovered(scatter.element, static_cast<int>(i)), ring = scatter.forms[i] < 0;
    const bool open = ring || (i < scatter.open.size() && scatter.open[i] != 0);
    const double radius = scatter.radius_px * b.options.mark_scale * (hovered ? 1.6 : 1) * (ring ? kRing : 1);
    paint_shape(b.canvas, ring ? Shape::ring : Shape::prototype, scatter.forms[i], p, radius, colours(i),
                b.theme.paper, scatter.halo_px, open, kOutline_px * b.options.mark_scale);
  }
}

void paint(const Scatter& scatter, const Brush& b) {
  const std::size_t n = std::min(scatter.x.size(), scatter.y.size());
  if (n > b.options.splat_above || scatter.density) {
    if (b.options.many_points && b.options.many_points(scatter, b.to_px, b.surface)) return;
    Scatter scaled = scatter;
    scaled.radius_px *= b.options.mark_scale;
    const auto splat = scatter.density ? splat_density : splat_points;
    b.canvas.image(splat(scaled, b.to_px, b.theme, b.options.image_density), b.to_px.rect(), true);
    return;
  }
  const Rgba halo = with_alpha(b.theme.paper, 0.9);
  const double radius = scatter.radius_px * b.options.mark_scale;
  if (scatter.shapes && !scatter.groups.empty()) return paint_as_shapes(scatter, b);
  const ScatterColours colours(scatter, b.theme);
  if (!scatter.forms.empty()) return paint_as_forms(scatter, colours, b);
  std::vector<Disc> discs;
  discs.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    const Px p = b.to_px(scatter.x[i], scatter.y[i]);
    if (!b.shows(p)) continue;
    const bool hovered = b.hovered(scatter.element, static_cast<int>(i));
    discs.push_back({p, radius * (hovered ? 1.6 : 1), colours(i)});
  }
  b.canvas.discs(discs, scatter.halo_px, halo);
}

// The number of corners with which a polygon stays within a twentieth of a pixel of an ellipse with this half
// axis.
int corners_of(double radius_px) {
  constexpr double kApart = 0.05;
  if (!(radius_px > 1)) return 24;
  return static_cast<int>(
      std::clamp(std::ceil(std::numbers::pi / std::acos(1 - kApart / radius_px)), 24.0, 360.0));
}

void paint(const Ellipse& e, const Brush& b) {
  // Cholesky factor of the covariance maps the unit circle onto the ellipse.
  const double l00 = std::sqrt(e.xx), l10 = e.xy / l00, l11 = std::sqrt(std::max(0.0, e.yy - l10 * l10));
  const double reach = e.sigmas * std::hypot(l00, l10, l11);
  const Px centre = b.to_px(e.x, e.y), beside = b.to_px(e.x + reach, e.y + reach);
  const int corners = corners_of(std::max(std::abs(beside.x - centre.x), std::abs(beside.y - centre.y)));
  std::vector<Px> outline;
  for (int i = 0; i < corners; ++i) {
    const double c = e.sigmas * std::cos(2 * std::numbers::pi * i / corners),
                 s = e.sigmas * std::sin(2 * std::numbers::pi * i / corners);
    const Px p = b.to_px(e.x + l00 * c, e.y + l10 * c + l11 * s);
    if (!finite(p)) return;
    outline.push_back(p);
  }
  b.canvas.polyline(outline, {resolve(b.theme, e.ink), e.width_px, Dash::solid, true});
}

void paint(Arrow arrow, const Brush& b) {
  arrow.head_length_px *= b.options.mark_scale, arrow.head_width_px *= b.options.mark_scale;
  paint_arrow(b.canvas, b.to_px(arrow.x0, arrow.y0), b.to_px(arrow.x1, arrow.y1), arrow,
              resolve(b.theme, arrow.ink), b.theme.paper);
}

void paint(const Marker& m, const Brush& b) {
  const Px p = b.to_px(m.x, m.y);
  if (!b.shows(p)) return;
  const bool hovered = b.hovered(m.element.kind, m.element.index);
  const double radius = m.radius_px * b.options.mark_scale * (hovered ? 7.0 / 6 : 1);
  if (m.clear) return b.canvas.circle(p, radius, {resolve(b.theme, m.ink), m.stroke_px, Dash::solid, true});
  paint_shape(b.canvas, m.shape, m.ink.index, p, radius, resolve(b.theme, m.ink), b.theme.paper, m.halo_px,
              m.hollow, m.stroke_px);
  if (hovered) b.canvas.circle(p, m.radius_px + 8, {with_alpha(b.theme.ink, 0.35), 1, Dash::solid, true});
}

std::vector<Px> arc(Px c, double r, double from, double to) {
  std::vector<Px> points;
  const int n = std::max(3, static_cast<int>(std::ceil((to - from) / 0.12)));
  for (int i = 0; i <= n; ++i) {
    const double a = from + (to - from) * i / n;
    points.push_back({c.x + r * std::cos(a), c.y + r * std::sin(a)});
  }
  return points;
}

void paint(const RingMark& ring, const Brush& b) {
  const Px p = b.to_px(ring.x, ring.y);
  if (!b.shows(p)) return;
  const double scale = b.options.mark_scale, radius = ring.radius_px * scale, width = 5 * scale;
  constexpr double kGap = 0.1;  // radians of paper between arcs
  b.canvas.disc(p, radius + 4 * scale, with_alpha(b.theme.paper, 1));
  if (ring.filled < 1)
    b.canvas.circle(p, radius, {with_alpha(b.theme.hairline, 1), width, Dash::solid, true});
  double angle = -std::numbers::pi / 2;
  const double end = angle + 2 * std::numbers::pi * ring.filled;
  for (std::size_t j = 0; j < ring.weights.size(); ++j) {
    const double span = std::min(2 * std::numbers::pi * ring.weights[j], end - angle);
    const Stroke stroke{with_alpha(mark_colour(b.theme, static_cast<int>(j)), 1), width};
    if (ring.weights[j] > 0.999 && ring.filled >= 1) {
      b.canvas.circle(p, radius, {stroke.colour, width, Dash::solid, true});
    } else if (span > kGap + 0.02) {
      b.canvas.polyline(arc(p, radius, angle + kGap / 2, angle + span - kGap / 2), stroke);
    }
    angle += span;
  }
  b.canvas.disc(p, 4 * scale, with_alpha(b.theme.ink, 1));
}

void paint(const FieldMark& field, const Brush& b) {
  if (b.options.field && b.options.field(field, b.to_px, b.surface)) return;
  paint_field(field, b.to_px, b.theme, b.canvas, b.options);
}

void paint(const SurfaceMark& surface, const Brush& b) {
  const SurfacePicture picture = render_surface(surface, b.to_px, b.theme, b.options.image_density);
  paint_surface(b.panel, surface, picture, b.to_px, b.theme, b.canvas, b.options);
}

void paint(const Heatmap& map, const Brush& b) { paint_heatmap(map, b.to_px, b.theme, b.canvas, b.options); }
void paint(const Text&, const Brush&) {}  // words come last

bool stays_inside(const Mark& mark) {
  // Curves and areas end at the plot's edge; shapes with a centre are whole or absent.
  return std::holds_alternative<Line>(mark) || std::holds_alternative<Band>(mark) ||
         std::holds_alternative<Bars>(mark) || std::holds_alternative<Ellipse>(mark) ||
         std::holds_alternative<Arrow>(mark) || std::holds_alternative<Heatmap>(mark);
}

std::string group_name(const Mark& mark) {
  static constexpr std::array<const char*, 14> kKinds = {"field", "surface", "heatmap", "band",  "bars",
                                                         "line",  "scatter", "ellipse", "arrow", "marker",
                                                         "ring",  "gauge",   "legend",  "text"};
  const std::string series = std::visit(
      [](const auto& m) -> std::string {
        if constexpr (requires { m.series; }) {
          return m.series;
        } else {
          return {};
        }
      },
      mark);
  std::string name = series.empty() ? kKinds[mark.index()] : series;
  for (char& c : name) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!plain) c = '_';
  }
  return name;
}

}  // namespace

void paint_shapes(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& surface,
                  const PaintOptions& options) {
  BoundedCanvas canvas(surface, to_px.rect());
  const Brush brush{panel, to_px, theme, canvas, options, surface};
  const bool over_field = draws<FieldMark>(panel), stands_up = draws<SurfaceMark>(panel);
  for (const Mark& mark : panel.marks) {
    if (std::holds_alternative<Text>(mark)) continue;
    if (stands_up && !std::holds_alternative<SurfaceMark>(mark)) continue;
    if (options.legend_below && std::holds_alternative<Legend>(mark)) continue;
    canvas.begin_group(group_name(mark));
    const bool clip = stays_inside(mark);
    // A curve along the edge keeps its width, but over a field it must not reach into the margin.
    const double margin = std::holds_alternative<Line>(mark) && !over_field ? 1.5 : 0;
    if (clip) canvas.push_clip(to_px.rect().grown(margin));
    std::visit([&](const auto& m) { paint(m, brush); }, mark);
    if (clip) canvas.pop_clip();
    canvas.end_group();
  }
}

void paint_marks(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                 const PaintOptions& options) {
  paint_shapes(panel, to_px, theme, canvas, options);
  paint_words(panel, to_px, theme, canvas, options);
}

}  // namespace iem::paint
