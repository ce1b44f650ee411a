// The numbers that sample figures are made of.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

#include "core/figure/figure.h"

namespace iem {

// Two uniform numbers in a row give a normal one; the generator is fixed here so that pictures stay the same.
class Noise {
 public:
  double uniform() {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<double>(state_ >> 11) * 0x1p-53;
  }
  double normal() {
    const double r = std::sqrt(-2 * std::log(1 - uniform()));
    return r * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  std::uint64_t state_ = 20;
};

inline std::vector<double> linspace(double lo, double hi, int n) {
  std::vector<double> v;
  for (int i = 0; i < n; ++i) v.push_back(lo + (hi - lo) * i / (n - 1));
  return v;
}

template <class F>
Values over(Figure& figure, Values x, F f) {
  std::vector<double> y;
  for (double v : x) y.push_back(f(v));
  return figure.own(std::move(y));
}

}  // namespace iem
