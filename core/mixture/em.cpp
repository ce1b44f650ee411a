// The M-step of the mixture (math.md section 2), from the very sums that made the gradient.
//
// Moments are about the old means, so that nothing cancels when a component is far from the origin. For
// robust radial energies the weights w = k'(u)/u make it the EM/IRLS step; for the gaussian w = 1.
#include <cmath>

#include "core/base/check.h"
#include "core/math/weighted_median.h"
#include "core/mixture/mixture.h"

namespace iem {

std::string Mixture::responsibilities_unavailable() const {
  if (competitive()) return "";
  return "The objective " + objective_names()[static_cast<std::size_t>(options_.objective)] +
         " has no responsibilities: every prototype sees every point by itself.";
}

std::string Mixture::em_unavailable() const {
  if (!competitive())
    return responsibilities_unavailable() + " There is no EM step; use gradient descent (gd).";
  const bool by_medians = em_needs_rows() && options_.covariance == CovarianceKind::diag;
  if (!options_.energy->em_unavailable.empty() && !by_medians) return options_.energy->em_unavailable;
  if (!options_.volume_term && layout_.blocks()[1].learned)
    return "Without the volume term the M-step of the covariances has no minimum; turn it on, or learn only "
           "means and "
           "weights, or use gradient descent (gd).";
  return "";
}

// sum r w, by which the mean is divided. When all points are far out it is small beside sum r but not
// negligible (a Huber weight at |u| = 1e20 is 1e-20). Then kEmptyMass is not added to it, or the mean would
// never reach them.
static double mass_of_weights(double sum_r, double sum_rw) {
  constexpr double kFarOut = 1e-6;
  const bool far = sum_rw > 0 && sum_rw < kFarOut * sum_r;
  return far ? sum_rw : sum_rw + kEmptyMass;
}

void Mixture::em_step_into(const Theta& theta, const Dataset& data, const Evaluation& at_theta,
                           double reg_covar, Theta& next) const {
  if (em_needs_rows()) {
    next = median_em_step(theta, data, at_theta, reg_covar);
    return;
  }
  const Block& means = layout_.blocks()[0];
  thread_local std::vector<MixtureComponent> components;
  unpack(theta, components);
  double total = 0;
  for (int j = 0; j < options_.components; ++j) {
    const auto s = at_theta.statistics.row(j);
    MixtureComponent& c = components[static_cast<std::size_t>(j)];
    const double n = s[kernel::kN] + kEmptyMass;
    c.weight = n;
    total += n;
    if (s[kernel::kN] <= kEmptyMass) continue;  // a dead component has no moments: it stays where it is
    const double w = options_.energy->radial ? mass_of_weights(s[kernel::kN], s[kernel::kW]) : n;
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

  pack(components, next);  // tied: the mean weighted by N_j
  layout_.keep_fixed(theta, next);
}

// The Laplace energy separates by coordinate, |x - mu|/s + log s with s = 1/W_ii: its M-step is the weighted
// median and then the weighted mean absolute deviation about it. What is written out as the covariance is
// s^2.
Theta Mixture::median_em_step(const Theta& theta, const Dataset& data, const Evaluation& at_theta,
                              double reg_covar) const {
  const Eigen::MatrixXd& r = at_theta.responsibilities;
  IEM_CHECK(r.rows() == data.size() && options_.covariance == CovarianceKind::diag);
  std::vector<MixtureComponent> components = unpack(theta);
  double total = 0;
  for (int j = 0; j < options_.components; ++j) {
    MixtureComponent& c = components[static_cast<std::size_t>(j)];
    c.weight = at_theta.statistics(j, kernel::kN) + kEmptyMass;
    total += c.weight;
  }
  for (int axis = 0; axis < 2; ++axis) {
    const auto x = data.points.col(axis);
    const std::vector<Eigen::Index> order = sorted_order(x);
    for (int j = 0; j < options_.components; ++j) {
      if (at_theta.statistics(j, kernel::kN) <= kEmptyMass) continue;  // a dead component stays where it is
      MixtureComponent& c = components[static_cast<std::size_t>(j)];
      double& centre = axis == 0 ? c.mu_x : c.mu_y;
      if (layout_.blocks()[0].learned) centre = weighted_median(x, r.col(j), order);
      const double spread = r.col(j).dot((x.array() - centre).abs().matrix()) / c.weight;
      (axis == 0 ? c.sigma.xx : c.sigma.yy) = spread * spread + reg_covar;
    }
  }
  for (MixtureComponent& c : components) c.weight /= total;
  Theta next = pack(components);
  layout_.keep_fixed(theta, next);
  return next;
}

// Sums about mu + d from sums about mu, at the same weights r w: sum r w (x - mu - d) and so on.
void Mixture::move_statistics(const Theta& from, const Theta& to,
                              Eigen::Ref<Eigen::MatrixXd> statistics) const {
  const Eigen::Index means = layout_.blocks()[0].offset;
  for (int j = 0; j < options_.components; ++j) {
    auto s = statistics.row(j);
    const double w = s[kernel::kW], dx = to[means + 2 * j] - from[means + 2 * j],
                 dy = to[means + 2 * j + 1] - from[means + 2 * j + 1];
    s[kernel::kS00] += dx * (w * dx - 2 * s[kernel::kS0]);
    s[kernel::kS10] += dx * (w * dy - s[kernel::kS1]) - dy * s[kernel::kS0];
    s[kernel::kS11] += dy * (w * dy - 2 * s[kernel::kS1]);
    s[kernel::kS0] -= w * dx;
    s[kernel::kS1] -= w * dy;
  }
}

// The expectation parameters are pi, pi mu and pi (Sigma + mu mu^T). In centred form nothing cancels (math.md
// section 2):
//   pi' = (1-eta) pi_a + eta pi_b,  beta = eta pi_b / pi',  mu' = (1-beta) mu_a + beta mu_b,
//   Sigma' = (1-beta) Sigma_a + beta Sigma_b + beta (1-beta) (mu_b - mu_a)(mu_b - mu_a)^T.
void Mixture::mix_moments_into(const Theta& a, const Theta& b, double eta, Theta& out) const {
  thread_local std::vector<MixtureComponent> from, to;
  unpack(a, from);
  unpack(b, to);
  for (std::size_t j = 0; j < from.size(); ++j) {
    MixtureComponent& c = from[j];
    const MixtureComponent& t = to[j];
    const double weight = (1 - eta) * c.weight + eta * t.weight;
    const double beta = eta * t.weight / weight, between = beta * (1 - beta);
    const double dx = t.mu_x - c.mu_x, dy = t.mu_y - c.mu_y;
    c = {c.mu_x + beta * dx,
         c.mu_y + beta * dy,
         {c.sigma.xx + beta * (t.sigma.xx - c.sigma.xx) + between * dx * dx,
          c.sigma.xy + beta * (t.sigma.xy - c.sigma.xy) + between * dx * dy,
          c.sigma.yy + beta * (t.sigma.yy - c.sigma.yy) + between * dy * dy},
         weight};
  }
  pack(from, out);  // tied: the sum of pi' Sigma', as the sums of second moments give it
  layout_.keep_fixed(a, out);
}

}  // namespace iem
