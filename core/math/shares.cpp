#include "core/math/shares.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "core/base/check.h"
#include "core/base/libm.h"

namespace iem {
namespace {

constexpr double kHuge = 0x1p300, kTiny = 0x1p-300;

// The exponent of the power of two by which the weights are divided.
int taken_out(const std::vector<double>& weights) {
  IEM_CHECK(!weights.empty());
  const double most = *std::max_element(weights.begin(), weights.end());
  int exponent = 0;
  if (most > kHuge || most < kTiny) std::frexp(most, &exponent);
  return exponent;
}

void moderate(const std::vector<double>& weights, int exponent, std::vector<double>& out) {
  out = weights;
  if (exponent != 0)
    for (double& w : out) w = std::ldexp(w, -exponent);
}

}  // namespace

std::vector<double> moderate_weights(const std::vector<double>& weights) {
  std::vector<double> out;
  moderate_weights(weights, out);
  return out;
}

void moderate_weights(const std::vector<double>& weights, std::vector<double>& out) {
  moderate(weights, taken_out(weights), out);
}

std::vector<double> log_shares(const std::vector<double>& weights) {
  std::vector<double> out;
  log_shares(weights, out);
  return out;
}

void log_shares(const std::vector<double>& weights, std::vector<double>& out) {
  const int exponent = taken_out(weights);
  moderate(weights, exponent, out);
  const double total = std::accumulate(out.begin(), out.end(), 0.0);
  for (std::size_t j = 0; j < out.size(); ++j) {
    const double share = out[j] / total;
    out[j] = share >= std::numeric_limits<double>::min()
                 ? libm::log(share)
                 : libm::log(weights[j]) - exponent * std::numbers::ln2 - libm::log(total);
  }
}

}  // namespace iem
