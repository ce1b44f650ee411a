#include "app/export/animation/gif_palette.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

namespace iem {
namespace {

constexpr int kOpaque = 128;  // alpha from which a pixel is not clear

std::size_t cell_of(const std::uint8_t* rgb) {
  return (std::size_t{rgb[0]} >> 2 << 12) | (std::size_t{rgb[1]} >> 2 << 6) | (std::size_t{rgb[2]} >> 2);
}

// How much a difference in red, green and blue is seen.
constexpr std::array<int, 3> kSeen = {3, 6, 2};

// One occupied cell of the count.
struct Colour {
  std::array<double, 3> mean;
  double weight;  // the square root of the count: small things have colours too
  double count;
};

// A range of colours, the mean of each channel and how far they are spread about it.
struct ColourBox {
  std::size_t begin = 0, end = 0;
  std::array<double, 3> mean{};
  int widest = 0;
  double spread = 0;
};

ColourBox box_of(const std::vector<Colour>& colours, std::size_t begin, std::size_t end) {
  ColourBox box{begin, end};
  double weight = 0;
  std::array<double, 3> sum{}, squares{};
  for (std::size_t i = begin; i < end; ++i) {
    weight += colours[i].weight;
    for (std::size_t c = 0; c < 3; ++c) {
      sum[c] += colours[i].weight * colours[i].mean[c];
      squares[c] += colours[i].weight * colours[i].mean[c] * colours[i].mean[c];
    }
  }
  for (std::size_t c = 0; c < 3; ++c) {
    box.mean[c] = sum[c] / weight;
    const double spread = kSeen[c] * std::max(0.0, squares[c] - sum[c] * box.mean[c]);
    if (spread > box.spread) box.spread = spread, box.widest = static_cast<int>(c);
  }
  return box;
}

PaletteColour middle_of(const std::vector<Colour>& colours, const ColourBox& box) {
  double count = 0;
  std::array<double, 3> sum{};
  for (std::size_t i = box.begin; i < box.end; ++i) {
    count += colours[i].count;
    for (std::size_t c = 0; c < 3; ++c) sum[c] += colours[i].count * colours[i].mean[c];
  }
  PaletteColour out;
  for (std::size_t c = 0; c < 3; ++c) out[c] = static_cast<std::uint8_t>(std::lround(sum[c] / count));
  return out;
}

// An ordered pattern (Bayer) of 8 x 8 pixels, from 1/128 to 127/128.
double threshold(int x, int y) {
  int value = 0;
  for (int bit = 0; bit < 3; ++bit) {
    const int i = (x >> bit) & 1, j = (y >> bit) & 1;
    value |= ((i ^ j) << 1 | j) << (2 * (2 - bit));
  }
  return (value + 0.5) / 64;
}

// Two palette colours that a colour lies between, and how much of the second it has.
struct Blend {
  std::uint8_t first = 0, second = 0;
  float share = 0;
};

class Blends {
 public:
  explicit Blends(const std::vector<PaletteColour>& palette) : palette_(palette), known_(kKept) {}

  const Blend& of(const std::uint8_t* rgb) {
    const std::uint32_t key =
        1 + ((std::uint32_t{rgb[0]} << 16) | (std::uint32_t{rgb[1]} << 8) | std::uint32_t{rgb[2]});
    Known& known = known_[(key * 2654435761u) >> (32 - kKeptBits)];
    if (known.key != key) known = {key, found({rgb[0], rgb[1], rgb[2]})};
    return known.blend;
  }

 private:
  static constexpr int kKeptBits = 15;
  static constexpr std::size_t kKept = std::size_t{1} << kKeptBits;
  struct Known {
    std::uint32_t key = 0;
    Blend blend;
  };

  std::size_t nearest(const std::array<int, 3>& colour, std::size_t but) const {
    int least = std::numeric_limits<int>::max();
    std::size_t best = 0;
    for (std::size_t i = 0; i < palette_.size(); ++i) {
      int distance = 0;
      for (std::size_t c = 0; c < 3; ++c) {
        const int d = colour[c] - palette_[i][c];
        distance += kSeen[c] * d * d;
      }
      if (distance < least && i != but) least = distance, best = i;
    }
    return best;
  }

  // The second colour is the one nearest to what the first misses, as far again on the other side.
  Blend found(const std::array<int, 3>& colour) const {
    constexpr int kUnseen = 1;        // a difference of so much needs no pattern
    constexpr double kFarthest = 28;  // of two colours whose pattern is not yet seen as such
    const std::size_t first = nearest(colour, palette_.size());
    std::array<int, 3> beyond{};
    int off = 0;
    for (std::size_t c = 0; c < 3; ++c) {
      const int d = colour[c] - palette_[first][c];
      beyond[c] = colour[c] + d;
      off = std::max(off, std::abs(d));
    }
    Blend blend{static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(first), 0};
    if (off <= kUnseen || palette_.size() < 2) return blend;
    const std::size_t second = nearest(beyond, first);
    double along = 0, length = 0;
    for (std::size_t c = 0; c < 3; ++c) {
      const double d = double(palette_[second][c]) - palette_[first][c];
      along += kSeen[c] * d * (colour[c] - palette_[first][c]);
      length += kSeen[c] * d * d;
    }
    const double share = along / length;
    if (share <= 0 || length > kFarthest * kFarthest * (kSeen[0] + kSeen[1] + kSeen[2]) / 3) return blend;
    blend.second = static_cast<std::uint8_t>(second);
    blend.share = static_cast<float>(share);
    return blend;
  }

  const std::vector<PaletteColour>& palette_;
  std::vector<Known> known_;
};

}  // namespace

void ColourCount::add(const paint::Image& image) {
  for (std::size_t i = 0; i < image.rgba.size(); i += 4) {
    if (image.rgba[i + 3] < kOpaque) continue;
    Cell& cell = cells_[cell_of(&image.rgba[i])];
    ++cell.count;
    for (std::size_t c = 0; c < 3; ++c) cell.sum[c] += image.rgba[i + c];
  }
}

std::vector<PaletteColour> ColourCount::palette(std::size_t most) const {
  std::vector<Colour> colours;
  for (const Cell& cell : cells_) {
    if (cell.count == 0) continue;
    const auto count = static_cast<double>(cell.count);
    Colour colour{{}, std::sqrt(count), count};
    for (std::size_t c = 0; c < 3; ++c) colour.mean[c] = static_cast<double>(cell.sum[c]) / count;
    colours.push_back(colour);
  }
  if (colours.empty()) return {{255, 255, 255}};
  std::vector<ColourBox> boxes = {box_of(colours, 0, colours.size())};
  while (boxes.size() < most) {
    const auto widest = std::ranges::max_element(boxes, {}, &ColourBox::spread);
    if (!(widest->spread > 1e-6)) break;
    const ColourBox box = *widest;
    const auto c = static_cast<std::size_t>(box.widest);
    const auto begin = colours.begin() + static_cast<std::ptrdiff_t>(box.begin),
               end = colours.begin() + static_cast<std::ptrdiff_t>(box.end);
    const auto cut = std::stable_partition(
        begin, end, [&](const Colour& colour) { return colour.mean[c] <= box.mean[c]; });
    const auto at = static_cast<std::size_t>(cut - colours.begin());
    if (at == box.begin || at == box.end) {
      widest->spread = 0;  // colours that only rounding tells apart
      continue;
    }
    *widest = box_of(colours, box.begin, at);
    boxes.push_back(box_of(colours, at, box.end));
  }
  std::vector<PaletteColour> out;
  for (const ColourBox& box : boxes) out.push_back(middle_of(colours, box));
  return out;
}

std::vector<std::uint8_t> in_palette(const paint::Image& image, const std::vector<PaletteColour>& palette) {
  std::array<std::array<float, 8>, 8> pattern;
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 8; ++x)
      pattern[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] = static_cast<float>(threshold(x, y));
  Blends blends(palette);
  std::vector<std::uint8_t> out;
  out.reserve(image.rgba.size() / 4);
  const std::uint8_t* pixel = image.rgba.data();
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x, pixel += 4) {
      if (pixel[3] < kOpaque) {
        out.push_back(kClear);
        continue;
      }
      const Blend& blend = blends.of(pixel);
      const float level = pattern[static_cast<std::size_t>(y & 7)][static_cast<std::size_t>(x & 7)];
      out.push_back(level < blend.share ? blend.second : blend.first);
    }
  return out;
}

}  // namespace iem
