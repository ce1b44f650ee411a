// The ground of a surface as a picture: tiles from back to front, lit from above, so that slopes are darker.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/paint/surface_paint.h"
#include "app/paint/surface_view.h"

namespace iem::paint {
namespace {

constexpr double kFade = 0.05;  // of the height, in which the ground goes over into the plain at its rim

// A place of the ground on the picture.
struct Vertex {
  Px at;
  double depth = 0;  // over a plane, what stands farther back is hidden, however high
  Rgb colour;
};

// The plain at the height of the rim is paper, nearly.
Rgb ground_colour(Oklab lab, double slope, double below_rim, const Theme& theme) {
  const double shade = 0.16 * std::min(slope / 3, 1.0);
  lab.L += theme.id == ThemeId::dark ? 0.10 + shade : -0.04 - shade;
  const double ground = std::clamp(below_rim / kFade, 0.0, 1.0);
  lab.a *= 1.6 * ground, lab.b *= 1.6 * ground;
  lab.L = ground * lab.L + (1 - ground) * to_oklab(theme.sunken).L;
  return to_rgb(lab);
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

}  // namespace iem::paint
