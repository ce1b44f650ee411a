// The M-step of the mixture (math.md section 2), from the very sums that made the gradient.
//
// Moments are about the old means, so that nothing cancels when a component is far from the origin. For
// robust radial energies the weights w = k'(u)/u make it the EM/IRLS step; for the gaussian w = 1.
#include <cmath>
#include <limits>

#include "core/model/mixture.h"

namespace iem {

std::string Mixture::em_unavailable() const {
  if (!options_.energy->em_unavailable.empty()) return options_.energy->em_unavailable;
  if (!options_.volume_term && layout_.blocks()[1].learned)
    return "Without the volume term the M-step of the covariances has no minimum; turn it on, or learn only "
           "means and "
           "weights, or use gradient descent (gd).";
  return "";
}

Theta Mixture::em_step(const Theta& theta, const Evaluation& at_theta, double reg_covar) const {
  const Block& means = layout_.blocks()[0];
  const Block& covariances = layout_.blocks()[1];
  const Block& weights = layout_.blocks()[2];
  std::vector<MixtureComponent> components = unpack(theta);
  constexpr double kEmpty = 10 * std::numeric_limits<double>::epsilon();  // as scikit-learn's GaussianMixture

  double total = 0;
  for (int j = 0; j < options_.components; ++j) {
    const auto s = at_theta.statistics.row(j);
    MixtureComponent& c = components[static_cast<std::size_t>(j)];
    const double n = s[kernel::kN] + kEmpty;
    c.weight = n;
    total += n;
    if (s[kernel::kN] <= kEmpty) continue;  // a dead component has no moments: it stays where it is
    const double w = options_.energy->radial ? s[kernel::kW] + kEmpty : n;
    double dx = 0, dy = 0;
    if (means.learned) {
      dx = s[kernel::kS0] / w;
      dy = s[kernel::kS1] / w;
      c.mu_x += dx;
      c.mu_y += dy;
    }
    // sum r w (x - mu')(x - mu')^T about the new mean mu' = mu + d.
    const double sw = s[kernel::kW];
    c.sigma = {(s[kernel::kS00] - 2 * dx * s[kernel::kS0] + sw * dx * dx) / n,
               (s[kernel::kS10] - dx * s[kernel::kS1] - dy * s[kernel::kS0] + sw * dx * dy) / n,
               (s[kernel::kS11] - 2 * dy * s[kernel::kS1] + sw * dy * dy) / n};
    c.sigma.xx += reg_covar;
    c.sigma.yy += reg_covar;
  }
  for (MixtureComponent& c : components) c.weight /= total;

  Theta next = pack(components);  // tied: the mean weighted by N_j
  const Block* blocks[] = {&means, &covariances, &weights};
  for (const Block* block : blocks)
    if (!block->learned)
      next.segment(block->offset, block->size()) = theta.segment(block->offset, block->size());
  return next;
}

}  // namespace iem
