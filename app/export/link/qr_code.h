// A text as a QR code: squares that a telephone reads.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace iem {

struct QrCode {
  int side = 0;            // squares along an edge; 0: there is no code
  std::vector<bool> dark;  // row by row from the top

  bool is_dark(int x, int y) const {
    return dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x)];
  }
};

// What has to stay free around it, in squares.
constexpr int kQuietZone = 4;
// The bytes that version 27 holds at correction level L. It has 125 squares along an edge: in 2.5 cm these
// are 0.2 mm wide, and smaller ones cannot be relied on to be read from paper.
constexpr std::size_t kLongestInCode = 1465;

// At level L, or a better one where that has room in the same number of squares. Of longer text there is no
// code.
QrCode qr_code(const std::string& text);

}  // namespace iem
