#include "app/paint/surface_paint.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/paint/surface_view.h"

namespace iem::paint {
namespace {
// --- the ground: tiles from back to front, lit from above, so that slopes are darker ---

constexpr double kFade = 0.05;  // of the height, in which the ground goes over into the plain at its rim

// A place of the ground on the picture.
struct Vertex {
  Px at;
  double depth = 0;  // over a plane, what stands farther back is hidden, however high
  Rgb colour;
};

// The colour of the ground; at the height of the rim it fades into nearly the paper colour.
Rgb ground_colour(Oklab lab, double slope, double below_rim, const Theme& theme) {
  const double shade = 0.16 * std::min(slope / 3, 1.0);
  lab.L += theme.id == ThemeId::dark ? 0.10 + shade : -0.04 - shade;
  const double ground = std::clamp(below_rim / kFade, 0.0, 1.0);
  lab.a *= 1.6 * ground, lab.b *= 1.6 * ground;
  lab.L = ground * lab.L + (1 - ground) * to_oklab(theme.sunken).L;
  return rgb_of_bytes(bytes_of(lab));
}

Vertex vertex_at(const Ground& ground, int row, int column, const SurfaceView& view, const Theme& theme) {
  const double height = ground.rim - ground.floor, steep = height / ground.side;
  const auto z = [&](int r, int c) {
    r = std::min(r, ground.side - 1), c = std::min(c, ground.side - 1);
    return ground.heights[static_cast<std::size_t>(r * ground.side + c)];
  };
  const double x = ground.x0 + (ground.x1 - ground.x0) * column / (ground.side - 1),
               y = ground.y0 + (ground.y1 - ground.y0) * row / (ground.side - 1),
               here = std::min(z(row, column), ground.rim);
  const double slope = std::hypot(std::min(z(row, column + 1), ground.rim) - here,
                                  std::min(z(row + 1, column), ground.rim) - here) /
                       std::max(steep, 1e-300);
  const Oklab lab = ground.colours[static_cast<std::size_t>(row * ground.side + column)];
  return {view(x, y, here), view.depth(x, y),
          ground_colour(lab, slope, (ground.rim - z(row, column)) / height, theme)};
}

// Twice the area of a triangle, signed.
double cross(Px a, Px b, Px p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); }

// Pixels whose centres lie in the triangle, its edges included, so that no seam is left between two; colours
// go over into each other.
void fill(Image& image, const Vertex& a, Vertex b, Vertex c) {
  if (!finite(a.at) || !finite(b.at) || !finite(c.at)) return;
  if (cross(a.at, b.at, c.at) < 0) std::swap(b, c);
  const double area = cross(a.at, b.at, c.at);
  if (!(area > 0)) return;
  const auto bound = [](double value, int most) {
    return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
  };
  const auto [x_lo, x_hi] = std::minmax({a.at.x, b.at.x, c.at.x});
  const auto [y_lo, y_hi] = std::minmax({a.at.y, b.at.y, c.at.y});
  const int x0 = bound(std::floor(x_lo), image.width - 1), x1 = bound(std::ceil(x_hi), image.width - 1),
            y0 = bound(std::floor(y_lo), image.height - 1), y1 = bound(std::ceil(y_hi), image.height - 1);
  constexpr double kOnEdge = -1e-9;
  for (int y = y0; y <= y1; ++y)
    for (int x = x0; x <= x1; ++x) {
      const Px p{x + 0.5, y + 0.5};
      const double of_a = cross(b.at, c.at, p), of_b = cross(c.at, a.at, p), of_c = cross(a.at, b.at, p);
      if (of_a < kOnEdge || of_b < kOnEdge || of_c < kOnEdge) continue;
      const auto mixed = [&](double Rgb::*part) {
        return (of_a * a.colour.*part + of_b * b.colour.*part + of_c * c.colour.*part) / area;
      };
      const auto bytes = to_bytes({mixed(&Rgb::r), mixed(&Rgb::g), mixed(&Rgb::b)});
      auto* pixel = image.rgba.data() + 4 * (static_cast<std::ptrdiff_t>(y) * image.width + x);
      std::copy(bytes.begin(), bytes.end(), pixel);
      pixel[3] = 255;
    }
}

// Four neighbours, by the number of the first.
struct Tile {
  std::size_t first = 0;
  double depth = 0;
};

// --- the box around it, and who stands on it ---

constexpr double kAxisTickSize = 11, kAxisNameSize = 11, kTickLength = 4;
constexpr int kTicks = 5;

using Place = std::array<double, 3>;

// An edge of the box along one axis, which its numbers and its name stand beside.
struct Edge {
  Place from, to;
  int axis = 0;
};

Px at(const SurfaceView& view, const Place& p) { return view(p[0], p[1], p[2]); }

// Of the two edges of the floor along an axis the nearer one; of the upright ones the one on the left.
Edge near_edge(const SurfaceView& view, int axis) {
  const Box& b = view.box();
  if (axis == 0) {
    const double mid = 0.5 * (b.x0 + b.x1), y = view.depth(mid, b.y0) < view.depth(mid, b.y1) ? b.y0 : b.y1;
    return {{b.x0, y, b.z0}, {b.x1, y, b.z0}, axis};
  }
  if (axis == 1) {
    const double mid = 0.5 * (b.y0 + b.y1), x = view.depth(b.x0, mid) < view.depth(b.x1, mid) ? b.x0 : b.x1;
    return {{x, b.y0, b.z0}, {x, b.y1, b.z0}, axis};
  }
  std::array<std::pair<double, double>, 4> corners = {
      {{b.x0, b.y0}, {b.x0, b.y1}, {b.x1, b.y0}, {b.x1, b.y1}}};
  const auto left =
      std::ranges::min_element(corners, {}, [&](const auto& c) { return view(c.first, c.second, b.z0).x; });
  return {{left->first, left->second, b.z0}, {left->first, left->second, b.z1}, axis};
}

// Away from the middle of the box, level with the edge's own direction on the picture.
Px outwards(const SurfaceView& view, const Edge& edge) {
  const Box& b = view.box();
  const Px a = at(view, edge.from), c = at(view, edge.to),
           middle =
               view(0.5 * (b.x0 + b.x1), 0.5 * (b.y0 + b.y1), edge.axis == 2 ? 0.5 * (b.z0 + b.z1) : b.z0);
  const double length = std::max(1e-9, std::hypot(c.x - a.x, c.y - a.y));
  Px out{-(c.y - a.y) / length, (c.x - a.x) / length};
  if ((0.5 * (a.x + c.x) - middle.x) * out.x + (0.5 * (a.y + c.y) - middle.y) * out.y < 0)
    out = {-out.x, -out.y};
  return out;
}

// Words whose nearest side is `distance` away from p.
void words_beside(Canvas& canvas, const std::string& words, Px p, Px out, double distance, TextStyle style) {
  const TextExtent size = canvas.measure_text(words, style);
  style.anchor = Anchor::centre;
  const double half = 0.5 * size.width * std::abs(out.x) + 0.5 * size.ascent * std::abs(out.y);
  canvas.text(words, {p.x + (distance + half) * out.x, p.y + (distance + half) * out.y + 0.5 * size.ascent},
              style);
}

void paint_edge(Canvas& canvas, const SurfaceView& view, int axis, const std::string& name,
                const Theme& theme, const PaintOptions& options) {
  const Edge edge = near_edge(view, axis);
  const auto k = static_cast<std::size_t>(axis);
  const Px out = outwards(view, edge);
  const Rgba ink = with_alpha(theme.muted, 1);
  const Stroke rule{with_alpha(theme.faint, 1), theme.hairline_px};
  const std::array<Px, 2> ends = {at(view, edge.from), at(view, edge.to)};
  canvas.polyline(ends, rule);
  double widest = 0;
  TextStyle numbers{kAxisTickSize * options.type_scale, false, Anchor::centre, ink};
  for (const Tick& tick : make_ticks(edge.from[k], edge.to[k], kTicks, Scale::linear)) {
    Place place = edge.from;
    place[k] = tick.value;
    const Px foot = at(view, place);
    const std::array<Px, 2> mark = {foot, Px{foot.x + kTickLength * out.x, foot.y + kTickLength * out.y}};
    canvas.polyline(mark, rule);
    words_beside(canvas, tick.label, foot, out, kTickLength + 3, numbers);
    const TextExtent size = canvas.measure_text(tick.label, numbers);
    widest = std::max(widest, size.width * std::abs(out.x) + size.ascent * std::abs(out.y));
  }
  const Px middle{0.5 * (ends[0].x + ends[1].x), 0.5 * (ends[0].y + ends[1].y)};
  if (axis == 2)  // above its upper end: beside it there is no room for a word
    return words_beside(canvas, name, ends[1], {0, -1}, 6,
                        {kAxisNameSize * options.type_scale, false, Anchor::centre, ink});
  words_beside(canvas, name, middle, out, kTickLength + widest + 8,
               {kAxisNameSize * options.type_scale, false, Anchor::centre, ink});
}

void paint_floor(Canvas& canvas, const SurfaceView& view, const Theme& theme) {
  const Box& b = view.box();
  const std::array<Px, 4> floor = {view(b.x0, b.y0, b.z0), view(b.x1, b.y0, b.z0), view(b.x1, b.y1, b.z0),
                                   view(b.x0, b.y1, b.z0)};
  Stroke rule{with_alpha(theme.hairline, 1), theme.hairline_px};
  rule.closed = true;
  canvas.polyline(floor, rule);
}

// Each prototype at the bottom of its well, with a vertical line from above that shows its place.
void paint_prototypes(const Panel& panel, const SurfaceMark& surface, const Ground& ground,
                      const SurfaceView& view, const Theme& theme, Canvas& canvas,
                      const PaintOptions& options) {
  for (const Mark& mark : panel.marks) {
    const auto* marker = std::get_if<Marker>(&mark);
    if (!marker || marker->shape != Shape::prototype) continue;
    if (marker->x < ground.x0 || marker->x > ground.x1 || marker->y < ground.y0 || marker->y > ground.y1)
      continue;
    const Px foot = view(marker->x, marker->y, ground.height_at(*surface.input, marker->x, marker->y)),
             top = view(marker->x, marker->y, ground.rim);
    const std::array<Px, 2> post = {foot, top};
    canvas.polyline(post, {with_alpha(line_colour(theme, marker->ink.index), 0.6), theme.hairline_px});
    paint_prototype(canvas, theme, marker->ink.index, foot, marker->radius_px * options.mark_scale,
                    marker->halo_px * options.mark_scale);
  }
}

}  // namespace

SurfacePicture render_surface(const SurfaceMark& surface, const Transform& to_px, const Theme& theme,
                              double density) {
  const PxRect& rect = to_px.rect();
  SurfacePicture out;
  Image& image = out.image;
  image.width = std::max(1, static_cast<int>(std::lround(rect.width() * density)));
  image.height = std::max(1, static_cast<int>(std::lround(rect.height() * density)));
  image.rgba.assign(4 * static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height), 0);
  if (!surface.input || surface.input->components.empty()) return out;
  out.ground = sample_ground(*surface.input, to_px.x().lo, to_px.x().hi, to_px.y().lo, to_px.y().hi,
                             field_palette(theme, static_cast<int>(surface.input->components.size())));
  const Ground& ground = out.ground;
  const SurfaceView view = view_of(ground, surface, to_px);
  const auto side = static_cast<std::size_t>(ground.side);
  std::vector<Vertex> all;
  all.reserve(side * side);
  for (int row = 0; row < ground.side; ++row)
    for (int column = 0; column < ground.side; ++column) {
      all.push_back(vertex_at(ground, row, column, view, theme));
      all.back().at = {(all.back().at.x - rect.x0) * density, (all.back().at.y - rect.y0) * density};
    }
  std::vector<Tile> tiles;
  for (std::size_t first = 0; first + side + 1 < all.size(); ++first)
    if ((first + 1) % side != 0) tiles.push_back({first, all[first].depth + all[first + side + 1].depth});
  std::ranges::stable_sort(tiles, std::ranges::greater{}, &Tile::depth);
  for (const Tile& tile : tiles) {
    const Vertex &a = all[tile.first], &b = all[tile.first + 1], &c = all[tile.first + side + 1],
                 &d = all[tile.first + side];
    fill(image, a, b, c);
    fill(image, a, c, d);
  }
  return out;
}

void paint_surface(const Panel& panel, const SurfaceMark& surface, const SurfacePicture& picture,
                   const Transform& to_px, const Theme& theme, Canvas& canvas, const PaintOptions& options) {
  if (!surface.input || surface.input->components.empty()) return;
  const SurfaceView view = view_of(picture.ground, surface, to_px);
  paint_floor(canvas, view, theme);
  canvas.image(picture.image, to_px.rect(), true);
  for (int axis = 0; axis < 3; ++axis)
    paint_edge(canvas, view, axis, surface.names[static_cast<std::size_t>(axis)], theme, options);
  paint_prototypes(panel, surface, picture.ground, view, theme, canvas, options);
}

}  // namespace iem::paint
