// The 255 colours of a GIF, chosen for all of its frames, and pictures in them without bands and without
// grain that crawls.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "app/paint/canvas.h"

namespace iem {

using PaletteColour = std::array<std::uint8_t, 3>;

// Counts the colours of pictures, leaving out pixels that are clear.
class ColourCount {
 public:
  void add(const paint::Image& image);
  // At most `most` colours: the colours counted are cut into boxes, each time the one that is farthest from
  // having a single colour (variance-based median cut).
  std::vector<PaletteColour> palette(std::size_t most) const;

 private:
  struct Cell {
    std::uint64_t count = 0;
    std::array<std::uint64_t, 3> sum{};
  };
  std::vector<Cell> cells_ = std::vector<Cell>(std::size_t{1} << 18);  // six bits a channel
};

constexpr std::uint8_t kClear = 255;  // the number of a pixel that shows what is behind it

// The number of a palette colour for every pixel; kClear where a pixel is clear. Between two colours of the
// palette a fixed pattern of both stands for the colours in between: it depends on the pixel's colour and
// place only, so where nothing moves nothing changes from frame to frame.
std::vector<std::uint8_t> in_palette(const paint::Image& image, const std::vector<PaletteColour>& palette);

}  // namespace iem
