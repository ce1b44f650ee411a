// Many points as one picture: each disc and its halo is composited into an RGBA buffer once, so that showing
// it costs one textured rectangle.
#include <algorithm>
#include <cmath>

#include "app/paint/figure_painter.h"

namespace iem::paint {
namespace {

struct Pixel {
  float r, g, b, a;  // premultiplied, 0..1
};

struct Spot {
  Px centre;            // in pixels of the picture
  float rim, halo_rim;  // radii plus half a pixel: coverage falls linearly over one pixel
  Pixel colour, halo;
};

float coverage(float d2, float rim) {
  const float inner = std::max(0.f, rim - 1);
  if (d2 >= rim * rim) return 0;
  return d2 <= inner * inner ? 1.f : rim - std::sqrt(d2);
}

void over(Pixel& below, const Pixel& colour, float cover) {
  const float keep = 1 - cover * colour.a;
  below.r = below.r * keep + cover * colour.r, below.g = below.g * keep + cover * colour.g;
  below.b = below.b * keep + cover * colour.b, below.a = below.a * keep + cover * colour.a;
}

void composite(std::vector<Pixel>& pixels, int width, int height, const Spot& disc) {
  const double reach = double{std::max(disc.rim, disc.halo_rim)};
  const int x0 = std::max(0, static_cast<int>(std::floor(disc.centre.x - reach)));
  const int x1 = std::min(width - 1, static_cast<int>(std::ceil(disc.centre.x + reach)));
  const int y0 = std::max(0, static_cast<int>(std::floor(disc.centre.y - reach)));
  const int y1 = std::min(height - 1, static_cast<int>(std::ceil(disc.centre.y + reach)));
  const auto cx = static_cast<float>(disc.centre.x), cy = static_cast<float>(disc.centre.y);
  for (int y = y0; y <= y1; ++y) {
    const float dy = static_cast<float>(y) + 0.5f - cy;
    Pixel* row = &pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width)];
    for (int x = x0; x <= x1; ++x) {
      const float dx = static_cast<float>(x) + 0.5f - cx, d2 = dx * dx + dy * dy;
      const float disc_cover = coverage(d2, disc.rim);
      if (disc_cover < 1) {  // else the halo is hidden
        const float halo_cover = coverage(d2, disc.halo_rim);
        if (halo_cover > 0) over(row[x], disc.halo, halo_cover);
      }
      if (disc_cover > 0) over(row[x], disc.colour, disc_cover);
    }
  }
}

Pixel premultiplied(Rgba c) {
  return {static_cast<float>(c.rgb.r * c.a), static_cast<float>(c.rgb.g * c.a),
          static_cast<float>(c.rgb.b * c.a), static_cast<float>(c.a)};
}

}  // namespace

ScatterColours::ScatterColours(const Scatter& scatter, const Theme& theme)
    : scatter_(scatter),
      ink_(resolve(theme, scatter.ink)) {
  std::vector<bool> known;
  for (const int group : scatter.groups) {
    const auto g = static_cast<std::size_t>(group);
    if (g >= known.size()) known.resize(g + 1), groups_.resize(g + 1);
    if (!known[g]) groups_[g] = mark_colour(theme, group);
    known[g] = true;
  }
  if (scatter.weights.empty() || scatter.components <= 0) return;
  stride_ = scatter.weights.size() / static_cast<std::size_t>(scatter.components);
  for (int j = 0; j < scatter.components; ++j) {
    marks_.push_back(to_oklab(mark_colour(theme, j)));
    marks_.back().L *= theme.point_lightness;
  }
}

Rgba ScatterColours::operator()(std::size_t i) const {
  if (i < scatter_.groups.size()) return {groups_[static_cast<std::size_t>(scatter_.groups[i])], ink_.a};
  if (marks_.empty()) return ink_;
  Oklab sum;
  for (std::size_t j = 0; j < marks_.size(); ++j) {
    const double w = scatter_.weights[j * stride_ + i];
    sum.L += w * marks_[j].L, sum.a += w * marks_[j].a, sum.b += w * marks_[j].b;
  }
  return {rgb_of_bytes(bytes_of(sum)), ink_.a};
}

Image splat_points(const Scatter& scatter, const Transform& to_px, const Theme& theme, double density) {
  Image image;
  image.width = std::max(1, static_cast<int>(std::lround(to_px.rect().width() * density)));
  image.height = std::max(1, static_cast<int>(std::lround(to_px.rect().height() * density)));
  std::vector<Pixel> pixels(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height),
                            Pixel{0, 0, 0, 0});
  const ScatterColours colours(scatter, theme);
  Spot disc{};
  disc.rim = static_cast<float>(scatter.radius_px * density + 0.5);
  disc.halo_rim = static_cast<float>((scatter.radius_px + scatter.halo_px) * density + 0.5);
  disc.halo = premultiplied(with_alpha(theme.paper, scatter.halo_px > 0 ? 0.9 : 0));
  const std::size_t n = std::min(scatter.x.size(), scatter.y.size());
  for (std::size_t i = 0; i < n; ++i) {
    const Px p = to_px(scatter.x[i], scatter.y[i]);
    disc.centre = {(p.x - to_px.rect().x0) * density, (p.y - to_px.rect().y0) * density};
    const double margin = double{disc.halo_rim};
    if (!(disc.centre.x > -margin && disc.centre.x < image.width + margin)) continue;  // also when NaN
    if (!(disc.centre.y > -margin && disc.centre.y < image.height + margin)) continue;
    disc.colour = premultiplied(colours(i));
    composite(pixels, image.width, image.height, disc);
  }
  image.rgba.reserve(4 * pixels.size());
  const auto byte = [](float v) { return static_cast<std::uint8_t>(std::clamp(v, 0.f, 1.f) * 255 + 0.5f); };
  for (const Pixel& p : pixels) {
    const float scale = p.a > 0 ? 1 / p.a : 0;
    for (float v : {p.r * scale, p.g * scale, p.b * scale, p.a}) image.rgba.push_back(byte(v));
  }
  return image;
}

}  // namespace iem::paint
