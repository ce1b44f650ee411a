// J of a mixture of experts by its definition, in dual numbers and without any responsibilities: the
// reference for the closed-form gradients.
#include <numbers>
#include <vector>

#include "core/labs/classifier/model/experts.h"
#include "core/math/simd.h"

namespace iem {

Dual Experts::dual_objective(const Theta& theta, Eigen::Index direction, double tau,
                             const Dataset& data) const {
  const auto entry = [&](const char* block, int h) {
    const Eigen::Index i = at(block, h);
    return Dual{theta[i], i == direction ? 1.0 : 0.0};
  };
  const double constant =
      !own_.linear_gate && own_.volume_term ? own_.energy->constant_1d(own_.shape.data()) : 0;
  const auto count = static_cast<std::size_t>(own_.experts);
  Dual log_total;  // log sum exp of the gate's logits
  if (!own_.linear_gate) {
    std::vector<Dual> turned;
    for (int h = 0; h < own_.experts; ++h) turned.push_back(-entry("weights", h));
    log_total = log_partition(Responsibility::softmax, std::span<const Dual>(turned), 1);
  }
  std::vector<Dual> d(count), joint(count);
  Dual total;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    const double x = data.points(i, 0), y = data.points(i, 1);
    for (int h = 0; h < own_.experts; ++h) {
      Dual& own = d[static_cast<std::size_t>(h)];
      if (own_.linear_gate) {
        own = -(entry("W", h) * x + entry("b", h));
      } else {
        const Dual log_spread = entry("covariances", h);
        const Dual u = (x - entry("means", h)) * simd::exp(-log_spread);
        own = own_.energy->dual_kernel(u, Dual{}, own_.shape.data()) + constant -
              (entry("weights", h) - log_total);
        if (own_.volume_term) own = own + log_spread;
      }
      const Dual deviation = simd::exp(entry("noise_variances", h));
      const Dual off = (y - entry("slopes", h) * x - entry("intercepts", h)) / deviation;
      joint[static_cast<std::size_t>(h)] =
          own + 0.5 * simd::log(2 * std::numbers::pi * deviation * deviation) + 0.5 * off * off;
    }
    total = total - log_partition(Responsibility::softmax, std::span<const Dual>(joint), tau);
    if (kappa() != 0)
      total = total + kappa() * log_partition(Responsibility::softmax, std::span<const Dual>(d), tau);
  }
  return total / static_cast<double>(data.size());
}

}  // namespace iem
