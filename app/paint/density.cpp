// Very many points as a density: how many fall into each small square, in the mixture of their colours.
// Counting a million points costs a few milliseconds, where their discs would only cover each other.
#include <algorithm>
#include <cmath>

#include "app/paint/figure_painter.h"

namespace iem::paint {
namespace {

constexpr double kSquare = 2;     // style pixels
constexpr double kFullAt = 0.99;  // of the squares that have points are paler than full
constexpr double kPalest = 0.22;  // alpha of a single point

}  // namespace

Image splat_density(const Scatter& scatter, const Transform& to_px, const Theme& theme, double density) {
  Image image;
  const double squares = density / std::max(1.0, std::round(kSquare * density));  // per style pixel
  image.width = std::max(1, static_cast<int>(std::lround(to_px.rect().width() * squares)));
  image.height = std::max(1, static_cast<int>(std::lround(to_px.rect().height() * squares)));
  const auto cells = static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height);
  const std::size_t n = std::min(scatter.x.size(), scatter.y.size());
  const bool mixed = !scatter.weights.empty() && scatter.components > 0;
  const auto k = static_cast<std::size_t>(mixed ? scatter.components : 0);
  std::vector<float> count(cells, 0), shares(cells * k, 0);
  const double sx = image.width / to_px.rect().width(), sy = image.height / to_px.rect().height();
  for (std::size_t i = 0; i < n; ++i) {
    const Px p = to_px(scatter.x[i], scatter.y[i]);
    const double x = (p.x - to_px.rect().x0) * sx, y = (p.y - to_px.rect().y0) * sy;
    if (!(x >= 0 && x < image.width && y >= 0 && y < image.height)) continue;  // also when NaN
    const std::size_t cell =
        static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x);
    count[cell] += 1;
    for (std::size_t j = 0; j < k; ++j)
      shares[cell * k + j] += static_cast<float>(scatter.weights[j * n + i]);
  }
  std::vector<float> filled;
  std::ranges::copy_if(count, std::back_inserter(filled), [](float c) { return c > 0; });
  image.rgba.assign(4 * cells, 0);
  if (filled.empty()) return image;
  const auto full_at = filled.begin() + static_cast<std::ptrdiff_t>(
                                            std::ceil(kFullAt * static_cast<double>(filled.size() - 1)));
  std::ranges::nth_element(filled, full_at);
  const double full = std::log1p(static_cast<double>(*full_at));
  std::vector<Oklab> marks;
  for (std::size_t j = 0; j < k; ++j) {
    marks.push_back(to_oklab(mark_colour(theme, static_cast<int>(j))));
    marks.back().L *= theme.point_lightness;
  }
  const Rgba ink = resolve(theme, scatter.ink);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    if (count[cell] == 0) continue;
    Rgb rgb = ink.rgb;
    if (mixed) {
      Oklab sum;
      for (std::size_t j = 0; j < k; ++j) {
        const double share = static_cast<double>(shares[cell * k + j] / count[cell]);
        sum.L += share * marks[j].L, sum.a += share * marks[j].a, sum.b += share * marks[j].b;
      }
      rgb = rgb_of_bytes(bytes_of(sum));
    }
    const double one = std::log1p(1.0);
    const double strength =
        full > one ? (std::log1p(static_cast<double>(count[cell])) - one) / (full - one) : 1;
    const double alpha = kPalest + (1 - kPalest) * std::clamp(strength, 0.0, 1.0);
    const double channels[] = {rgb.r, rgb.g, rgb.b, ink.a * alpha};
    for (std::size_t c = 0; c < 4; ++c)
      image.rgba[4 * cell + c] = static_cast<std::uint8_t>(std::clamp(channels[c], 0.0, 1.0) * 255 + 0.5);
  }
  return image;
}

}  // namespace iem::paint
