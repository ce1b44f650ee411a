// The slope of the logarithm of a curve, by least squares.
#pragma once

#include <vector>

namespace iem {

// The slope of log y over x, by least squares over the places with first <= x <= last and y > floor; nan
// where there are fewer than three.
double log_slope(const std::vector<double>& x, const std::vector<double>& y, double first, double last,
                 double floor);

}  // namespace iem
