// Many points as one picture: each disc and its halo is composited into an RGBA buffer once, so that showing
// it costs one textured rectangle.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/paint/figure_painter.h"

namespace iem::paint {
namespace {

struct Pixel {
  float r, g, b, a;  // premultiplied, 0..1
};

// Coverage falls linearly over one pixel at the rim.
void composite_disc(std::vector<Pixel>& pixels, int width, int height, Px c, double radius,
                    const Pixel& colour) {
  const int x0 = std::max(0, static_cast<int>(std::floor(c.x - radius - 1)));
  const int x1 = std::min(width - 1, static_cast<int>(std::ceil(c.x + radius + 1)));
  const int y0 = std::max(0, static_cast<int>(std::floor(c.y - radius - 1)));
  const int y1 = std::min(height - 1, static_cast<int>(std::ceil(c.y + radius + 1)));
  const auto cx = static_cast<float>(c.x), cy = static_cast<float>(c.y),
             rim = static_cast<float>(radius + 0.5);
  const float inner = std::max(0.f, rim - 1), inner2 = inner * inner, outer2 = rim * rim;
  for (int y = y0; y <= y1; ++y) {
    const float dy = static_cast<float>(y) + 0.5f - cy;
    Pixel* row = &pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width)];
    for (int x = x0; x <= x1; ++x) {
      const float dx = static_cast<float>(x) + 0.5f - cx;
      const float d2 = dx * dx + dy * dy;
      if (d2 >= outer2) continue;
      const float cover = d2 <= inner2 ? 1.f : std::clamp(rim - std::sqrt(d2), 0.f, 1.f);
      const float keep = 1 - cover * colour.a;
      Pixel& p = row[x];
      p.r = p.r * keep + cover * colour.r, p.g = p.g * keep + cover * colour.g;
      p.b = p.b * keep + cover * colour.b, p.a = p.a * keep + cover * colour.a;
    }
  }
}

Pixel premultiplied(Rgba c) {
  return {static_cast<float>(c.rgb.r * c.a), static_cast<float>(c.rgb.g * c.a),
          static_cast<float>(c.rgb.b * c.a), static_cast<float>(c.a)};
}

}  // namespace

Rgba scatter_colour(const Scatter& scatter, std::size_t i, const Theme& theme) {
  if (scatter.weights.empty() || scatter.components <= 0) return resolve(theme, scatter.ink);
  const std::size_t n = scatter.weights.size() / static_cast<std::size_t>(scatter.components);
  std::array<double, 64> weights;
  const std::size_t k = std::min(weights.size(), static_cast<std::size_t>(scatter.components));
  for (std::size_t j = 0; j < k; ++j) weights[j] = scatter.weights[j * n + i];
  return {point_colour(theme, std::span(weights).first(k)), scatter.ink.alpha};
}

Image splat_points(const Scatter& scatter, const Transform& to_px, const Theme& theme, double density) {
  Image image;
  image.width = std::max(1, static_cast<int>(std::lround(to_px.rect().width() * density)));
  image.height = std::max(1, static_cast<int>(std::lround(to_px.rect().height() * density)));
  std::vector<Pixel> pixels(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height),
                            Pixel{0, 0, 0, 0});
  const Pixel halo = premultiplied(with_alpha(theme.paper, 0.9));
  const std::size_t n = std::min(scatter.x.size(), scatter.y.size());
  for (std::size_t i = 0; i < n; ++i) {
    const Px p = to_px(scatter.x[i], scatter.y[i]);
    const Px c{(p.x - to_px.rect().x0) * density, (p.y - to_px.rect().y0) * density};
    if (!(c.x > -20 && c.y > -20 && c.x < image.width + 20 && c.y < image.height + 20)) continue;
    const double radius = scatter.radius_px * density;
    if (scatter.halo_px > 0) {
      composite_disc(pixels, image.width, image.height, c, radius + scatter.halo_px * density, halo);
    }
    composite_disc(pixels, image.width, image.height, c, radius,
                   premultiplied(scatter_colour(scatter, i, theme)));
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
