// Bands over many draws of one curve.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iem {

// Numbers at increasing steps.
struct DrawnCurve {
  std::vector<double> steps, y;
};

enum class BandKind : std::uint8_t {
  deviation,  // mean, and one sample standard deviation on either side
  quartiles,  // median, lower and upper quartile
};

struct CurveBand {
  std::vector<double> steps, middle, lower, upper;
  bool incomplete = false;  // on a logarithmic axis a draw that had begun was left out
};

// The band at every step that at least one curve has. A curve that has ended counts with its last number;
// NaNs are left out. With `logarithmic`, for a logarithmic axis, it is computed from the logarithms, and
// numbers that are not positive are left out too.
CurveBand band_of(const std::vector<DrawnCurve>& curves, BandKind kind, bool logarithmic);

}  // namespace iem
