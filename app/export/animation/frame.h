// One picture of an animation as its format stores it, and the part that changes from one to the next.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/paint/canvas.h"

namespace iem {

struct Frame {
  int width = 0, height = 0;
  int channels = 4;                 // 4: RGBA, 3: RGB, 1: numbers of a palette
  std::vector<std::uint8_t> bytes;  // row after row from the top
  std::string state = {};           // the state string of what it shows; empty: not asked for

  const std::uint8_t* row(int y) const {
    return bytes.data() +
           static_cast<std::size_t>(y) * static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
  }
};

// A rectangle of pixels.
struct Part {
  int x = 0, y = 0, width = 0, height = 0;
};

inline Part whole_of(const Frame& frame) { return {0, 0, frame.width, frame.height}; }

// The smallest part outside of which both are the same; one pixel where they are the same everywhere, since
// no format has an empty frame. `before` null: the whole. `grid`: x and y are multiples of it.
Part changed_part(const Frame& now, const Frame* before, int grid = 1);

// The pixels of a part, row after row.
std::vector<std::uint8_t> cut_out(const Frame& frame, const Part& part);

// With three channels (alpha is left out) or four.
Frame frame_of_image(const paint::Image& image, int channels);

// How long frame `index` is shown, in units of which there are `units` in a second: rounded so that no error
// adds up.
std::int64_t shown_for(std::int64_t index, double fps, double units);

}  // namespace iem
