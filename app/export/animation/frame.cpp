#include "app/export/animation/frame.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace iem {

Part changed_part(const Frame& now, const Frame* before, int grid) {
  if (!before) return whole_of(now);
  const auto pixel = static_cast<std::size_t>(now.channels);
  int x0 = now.width, x1 = -1, y0 = now.height, y1 = -1;
  for (int y = 0; y < now.height; ++y) {
    const std::uint8_t *a = now.row(y), *b = before->row(y);
    const auto differ = [&](int x) {
      const std::size_t at = pixel * static_cast<std::size_t>(x);
      return std::memcmp(a + at, b + at, pixel) != 0;
    };
    if (std::memcmp(a, b, pixel * static_cast<std::size_t>(now.width)) == 0) continue;
    y0 = std::min(y0, y), y1 = y;
    int left = 0, right = now.width - 1;
    while (left < x0 && !differ(left)) ++left;
    while (right > x1 && !differ(right)) --right;
    x0 = std::min(x0, left), x1 = std::max(x1, right);
  }
  if (y1 < 0) return {0, 0, 1, 1};
  x0 -= x0 % grid, y0 -= y0 % grid;
  return {x0, y0, x1 - x0 + 1, y1 - y0 + 1};
}

std::vector<std::uint8_t> cut_out(const Frame& frame, const Part& part) {
  std::vector<std::uint8_t> out;
  const std::ptrdiff_t stride = std::ptrdiff_t{part.width} * frame.channels;
  out.reserve(static_cast<std::size_t>(stride * part.height));
  for (int y = part.y; y < part.y + part.height; ++y) {
    const std::uint8_t* begin = frame.row(y) + std::ptrdiff_t{part.x} * frame.channels;
    out.insert(out.end(), begin, begin + stride);
  }
  return out;
}

Frame frame_of_image(const paint::Image& image, int channels) {
  Frame out{image.width, image.height, channels, {}};
  if (channels == 4) {
    out.bytes = image.rgba;
    return out;
  }
  out.bytes.reserve(image.rgba.size() / 4 * 3);
  for (std::size_t i = 0; i < image.rgba.size(); i += 4)
    out.bytes.insert(out.bytes.end(), image.rgba.begin() + static_cast<std::ptrdiff_t>(i),
                     image.rgba.begin() + static_cast<std::ptrdiff_t>(i) + 3);
  return out;
}

std::int64_t shown_for(std::int64_t index, double fps, double units) {
  const auto at = [&](std::int64_t i) { return std::llround(static_cast<double>(i) * units / fps); };
  return at(index + 1) - at(index);
}

}  // namespace iem
