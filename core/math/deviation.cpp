#include "core/math/deviation.h"

#include <cmath>

namespace iem {

// Computed from the differences to the first number: these are exactly 0 for equal numbers, while the mean of
// the numbers themselves is rounded.
Deviation deviation_of(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double first = values.front();
  double shift = 0, squares = 0;
  for (const double v : values) shift += (v - first) / n;
  for (const double v : values) squares += ((v - first) - shift) * ((v - first) - shift);
  Deviation out{first + shift, std::nullopt};
  if (values.size() > 1) out.deviation = std::sqrt(squares / (n - 1));
  return out;
}

}  // namespace iem
