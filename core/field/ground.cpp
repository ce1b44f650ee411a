#include "core/field/ground.h"

#include <algorithm>
#include <cstddef>

namespace iem {
namespace {

constexpr int kSide = 144;
constexpr double kRim = 0.72;  // of the samples lie below the rim

double height(const FieldInput& input, double x, double y, std::vector<double>& r) {
  return -field_responsibilities(input, x, y, r.data());
}

// Sets floor and rim: the floor is the height at the deepest prototype, and a share of kRim of the samples
// lies below the rim.
void level(const FieldInput& input, Ground& ground) {
  std::vector<double> sorted = ground.heights, r(input.components.size());
  const auto rim = sorted.begin() + static_cast<std::ptrdiff_t>(kRim * static_cast<double>(sorted.size()));
  std::nth_element(sorted.begin(), rim, sorted.end());
  ground.rim = *rim;
  ground.floor = *std::min_element(ground.heights.begin(), ground.heights.end());
  for (const FieldComponent& c : input.components)
    ground.floor = std::min(ground.floor, height(input, c.mu_x, c.mu_y, r));
  if (!(ground.rim > ground.floor)) ground.rim = ground.floor + 1;
}

}  // namespace

double Ground::height_at(const FieldInput& input, double x, double y) const {
  std::vector<double> r(input.components.size());
  return std::min(height(input, x, y, r), rim);
}

Ground sample_ground(const FieldInput& input, double x0, double x1, double y0, double y1,
                     const FieldPalette& palette) {
  Ground out{.side = kSide, .x0 = x0, .x1 = x1, .y0 = y0, .y1 = y1};
  out.heights.reserve(kSide * kSide);
  out.colours.reserve(kSide * kSide);
  std::vector<double> r(input.components.size());
  for (int row = 0; row < kSide; ++row)
    for (int column = 0; column < kSide; ++column) {
      const double x = x0 + (x1 - x0) * column / (kSide - 1), y = y0 + (y1 - y0) * row / (kSide - 1);
      out.heights.push_back(height(input, x, y, r));
      Oklab mixed;
      for (std::size_t j = 0; j < r.size(); ++j) {
        mixed.L += r[j] * palette.territory[j].L;
        mixed.a += r[j] * palette.territory[j].a;
        mixed.b += r[j] * palette.territory[j].b;
      }
      out.colours.push_back(mixed);
    }
  level(input, out);
  return out;
}

}  // namespace iem
