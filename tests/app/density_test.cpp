// Points as a density: counts by strength, colours by mixture, and nothing where nothing lies.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "app/paint/figure_painter.h"

namespace iem::paint {
namespace {

// A square of 40 x 40 style pixels, two of them a density square, over the unit square.
Transform unit_square() { return Transform(Panel{}, PxRect{0, 0, 40, 40}); }

std::vector<int> pixel(const Image& image, double x, double y) {
  const auto column = static_cast<std::size_t>(x * image.width),
             row = static_cast<std::size_t>((1 - y) * image.height);
  const std::size_t at = 4 * (row * static_cast<std::size_t>(image.width) + column);
  return {image.rgba[at], image.rgba[at + 1], image.rgba[at + 2], image.rgba[at + 3]};
}

TEST(Density, IsStrongerWhereMorePointsLieAndClearWhereNone) {
  std::vector<double> x, y;
  for (int i = 0; i < 1000; ++i) x.push_back(0.26), y.push_back(0.26);
  for (int i = 0; i < 10; ++i) x.push_back(0.76), y.push_back(0.26);
  x.push_back(0.26), y.push_back(0.76);
  const Scatter cloud{.series = "cloud", .x = x, .y = y, .ink = {Role::ink, 0, 1}, .density = true};
  const Image image = splat_density(cloud, unit_square(), theme(ThemeId::light), 1);
  EXPECT_EQ(image.width, 20);
  EXPECT_EQ(image.height, 20);
  const int many = pixel(image, 0.26, 0.26)[3], some = pixel(image, 0.76, 0.26)[3],
            one = pixel(image, 0.26, 0.76)[3];
  EXPECT_EQ(pixel(image, 0.76, 0.76)[3], 0);
  EXPECT_EQ(many, 255);
  EXPECT_GT(many, some);
  EXPECT_GT(some, one);
  EXPECT_GT(one, 40);
}

TEST(Density, MixesTheColoursOfItsPoints) {
  const std::vector<double> x = {0.1, 0.1, 0.6, 0.6}, y = {0.1, 0.1, 0.6, 0.6};
  const std::vector<double> weights = {1, 1, 1, 0, 0, 0, 0, 1};  // the last square: one of each
  const Scatter cloud{
      .series = "cloud", .x = x, .y = y, .weights = weights, .components = 2, .density = true};
  const Theme& light = theme(ThemeId::light);
  const Image image = splat_density(cloud, unit_square(), light, 1);
  const ScatterColours colours(cloud, light);
  const Rgb pure = colours(0).rgb;
  EXPECT_NEAR(pixel(image, 0.1, 0.1)[0], pure.r * 255, 1);
  EXPECT_NEAR(pixel(image, 0.1, 0.1)[2], pure.b * 255, 1);
  std::vector<double> half = {0.5, 0.5};
  const Scatter mixed{
      .series = "one", .x = {x.data(), 1}, .y = {y.data(), 1}, .weights = half, .components = 2};
  EXPECT_NEAR(pixel(image, 0.6, 0.6)[1], ScatterColours(mixed, light)(0).rgb.g * 255, 1);
}

TEST(Density, LeavesOutWhatIsNowhere) {
  const double nan = std::nan("");
  const std::vector<double> x = {nan, 5, 0.5}, y = {0.5, 0.5, nan};
  const Scatter cloud{.series = "cloud", .x = x, .y = y, .density = true};
  for (const std::uint8_t byte : splat_density(cloud, unit_square(), theme(ThemeId::dark), 2).rgba)
    EXPECT_EQ(byte, 0);
}

}  // namespace
}  // namespace iem::paint
