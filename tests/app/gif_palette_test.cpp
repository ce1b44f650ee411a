// The colours of a GIF: flat ones stay as they are, and between two of the palette a pattern mixes them.
#include "app/export/animation/gif_palette.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace iem {
namespace {

TEST(gif_palette, keeps_flat_colours_and_has_no_grain_in_them) {
  ColourCount count;
  paint::Image image{64, 64, {}};
  for (int i = 0; i < 64 * 64; ++i) {
    const bool flat = i < 2048;
    const auto grey = static_cast<std::uint8_t>(flat ? 251 : i % 251);
    image.rgba.insert(image.rgba.end(), {grey, static_cast<std::uint8_t>(flat ? 250 : i / 32), grey, 255});
  }
  count.add(image);
  const std::vector<PaletteColour> palette = count.palette(255);
  EXPECT_EQ(palette.size(), 255u);
  const std::vector<std::uint8_t> numbers = in_palette(image, palette);
  for (int i = 1; i < 2048; ++i) ASSERT_EQ(numbers[static_cast<std::size_t>(i)], numbers[0]);
  EXPECT_EQ(palette[numbers[0]], (PaletteColour{251, 250, 251}));
  // A pixel's number depends on its colour and place alone.
  paint::Image other = image;
  std::fill(other.rgba.begin() + 4 * 2048, other.rgba.end(), std::uint8_t{255});
  const std::vector<std::uint8_t> again = in_palette(other, palette);
  EXPECT_TRUE(std::equal(numbers.begin(), numbers.begin() + 2048, again.begin()));
}

// Between two greys, a slope has as much of each as it needs.
TEST(gif_palette, mixes_what_lies_between_two_colours) {
  const std::vector<PaletteColour> palette = {{100, 100, 100}, {108, 108, 108}};
  for (const int grey : {102, 104, 106}) {
    const auto g = static_cast<std::uint8_t>(grey);
    paint::Image image{8, 8, {}};
    for (int i = 0; i < 64; ++i) image.rgba.insert(image.rgba.end(), {g, g, g, 255});
    double sum = 0;
    for (const std::uint8_t number : in_palette(image, palette)) sum += palette[number][0];
    EXPECT_NEAR(sum / 64, grey, 0.2);
  }
}

}  // namespace
}  // namespace iem
