// Mean and deviation of a few numbers.
#pragma once

#include <optional>
#include <span>

namespace iem {

// Mean and sample standard deviation (over n - 1); a single number has no deviation. Equal numbers deviate by
// 0 exactly.
struct Deviation {
  double mean = 0;
  std::optional<double> deviation;
};
Deviation deviation_of(std::span<const double> values);  // of one number at least

}  // namespace iem
