// The ground of a surface as a picture: tiles from back to front, lit from above, so that slopes are darker.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/paint/surface_paint.h"
#include "app/paint/surface_view.h"

namespace iem::paint {
namespace {

constexpr double kFade = 0.05;  // of the height, in which the ground goes over into the plain at its rim

struct Tile {
  std::array<Px, 4> corners;
  double depth = 0;
  std::array<std::uint8_t, 3> colour{};
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

Tile tile_at(const Ground& ground, int row, int column, const SurfaceView& view, const Theme& theme) {
  const double height = ground.rim - ground.floor, steep = height / ground.side;
  Tile tile;
  std::array<double, 4> z{};
  double mean = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    const int c = column + (k == 1 || k == 2 ? 1 : 0), r = row + (k >= 2 ? 1 : 0);
    const double x = ground.x0 + (ground.x1 - ground.x0) * c / (ground.side - 1),
                 y = ground.y0 + (ground.y1 - ground.y0) * r / (ground.side - 1);
    const double own = ground.heights[static_cast<std::size_t>(r * ground.side + c)];
    mean += 0.25 * own;
    z[k] = std::min(own, ground.rim);
    tile.corners[k] = view(x, y, z[k]);
    // Over a plane, what stands farther back is hidden, however high.
    tile.depth += view.depth(x, y);
  }
  const double slope = std::hypot(z[1] - z[0], z[3] - z[0]) / std::max(steep, 1e-300);
  const Oklab lab = ground.colours[static_cast<std::size_t>(row * ground.side + column)];
  tile.colour = to_bytes(ground_colour(lab, slope, (ground.rim - mean) / height, theme));
  return tile;
}

// Twice the area of a triangle, signed.
double cross(Px a, Px b, Px p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); }

// Pixels whose centres lie in the triangle, its edges included, so that no seam is left between two.
void fill(Image& image, Px a, Px b, Px c, const std::array<std::uint8_t, 3>& colour) {
  if (!finite(a) || !finite(b) || !finite(c)) return;
  if (cross(a, b, c) < 0) std::swap(b, c);
  const auto bound = [](double value, int most) { return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most))); };
  const int x0 = bound(std::floor(std::min({a.x, b.x, c.x})), image.width - 1),
            x1 = bound(std::ceil(std::max({a.x, b.x, c.x})), image.width - 1),
            y0 = bound(std::floor(std::min({a.y, b.y, c.y})), image.height - 1),
            y1 = bound(std::ceil(std::max({a.y, b.y, c.y})), image.height - 1);
  constexpr double kOnEdge = -1e-9;
  for (int y = y0; y <= y1; ++y)
    for (int x = x0; x <= x1; ++x) {
      const Px p{x + 0.5, y + 0.5};
      if (cross(a, b, p) < kOnEdge || cross(b, c, p) < kOnEdge || cross(c, a, p) < kOnEdge) continue;
      auto* pixel = image.rgba.data() + 4 * (static_cast<std::ptrdiff_t>(y) * image.width + x);
      std::copy(colour.begin(), colour.end(), pixel);
      pixel[3] = 255;
    }
}

}  // namespace

SurfacePicture render_surface(const Surface& surface, const Transform& to_px, const Theme& theme,
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
  std::vector<Tile> tiles;
  tiles.reserve(ground.heights.size());
  for (int row = 0; row + 1 < ground.side; ++row)
    for (int column = 0; column + 1 < ground.side; ++column)
      tiles.push_back(tile_at(ground, row, column, view, theme));
  std::ranges::stable_sort(tiles, std::ranges::greater{}, &Tile::depth);
  for (const Tile& tile : tiles) {
    std::array<Px, 4> at{};
    for (std::size_t k = 0; k < 4; ++k)
      at[k] = {(tile.corners[k].x - rect.x0) * density, (tile.corners[k].y - rect.y0) * density};
    fill(image, at[0], at[1], at[2], tile.colour);
    fill(image, at[0], at[2], at[3], tile.colour);
  }
  return out;
}

}  // namespace iem::paint
