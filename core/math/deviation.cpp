#include "core/math/deviation.h"

#include <cmath>

namespace iem {

// About the first number: of equal ones nothing is left but zeros, while a mean of the numbers themselves is
// rounded.
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
