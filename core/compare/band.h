// What many draws of one curve have in common.
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
};

// At every step that one of the curves has. A curve that has ended counts with its last number; what is no
// number does not count. `logarithmic`: of the logarithms, for a logarithmic axis, where numbers that are not
// positive do not count either.
CurveBand band_of(const std::vector<DrawnCurve>& curves, BandKind kind, bool logarithmic);

}  // namespace iem
