// Rectangles of pixels, from the top left of the window.
#pragma once

#include <algorithm>
#include <cstdint>

namespace iem::gui {

struct PixelRect {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;  // x1 and y1 are the first outside
  bool empty() const { return x1 <= x0 || y1 <= y0; }
  std::int64_t area() const { return empty() ? 0 : std::int64_t{x1 - x0} * (y1 - y0); }
  bool operator==(const PixelRect&) const = default;
};

inline PixelRect common(const PixelRect& a, const PixelRect& b) {
  const PixelRect out = {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1),
                         std::min(a.y1, b.y1)};
  return out.empty() ? PixelRect{} : out;
}

// The smallest that holds both.
inline PixelRect around(const PixelRect& a, const PixelRect& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

}  // namespace iem::gui
