#include "core/labs/mixture/model/checks.h"

#include <algorithm>
#include <cmath>

#include "core/check/common.h"
#include "core/mixture/dual_energies.h"

namespace iem {

using namespace check;

namespace {

const Mixture& mixture(const Snapshot& snapshot) { return static_cast<const Mixture&>(snapshot.model()); }

std::string where_responsibilities_exist(const Snapshot& snapshot) {
  return snapshot.model().responsibilities_unavailable();
}

std::string where_they_are_softmax(const Snapshot& snapshot) {
  if (snapshot.model().responsibility() == Responsibility::softmax)
    return where_responsibilities_exist(snapshot);
  return "The responsibilities are not a softmax: see fenchel_young.";
}

// A point's part of N J from its energies by the definition.
Dual point_objective(const MixtureOptions& options, const std::vector<Dual>& d, double tau) {
  const double width = options.objective_width;
  Dual sum;
  switch (options.objective) {
    case Objective::log_sum_exp: return -log_partition(options.responsibility, std::span<const Dual>(d), tau);
    case Objective::correntropy:
      for (const Dual& energy : d) sum = sum + (1.0 - simd::exp(-energy / (width * width)));
      return sum;
    case Objective::sigmoid:
      for (const Dual& energy : d) {
        const Dual t = energy - width;  // softplus without overflow
        sum = sum + (t > 0 ? t + simd::log(simd::exp(-t) + 1.0) : simd::log(simd::exp(t) + 1.0));
      }
      return sum;
  }
  return sum;
}

// J of a few points with derivative along one entry of theta, straight from the definition: no
// responsibilities anywhere.
Dual objective(const Mixture& model, const Theta& theta, Eigen::Index direction, double tau,
               const Dataset& data) {
  const DualEnergies energies(model, theta, direction);
  std::vector<Dual> d(static_cast<std::size_t>(model.components()));
  Dual total;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    energies.at(data.points(i, 0), data.points(i, 1), d);
    total = total + point_objective(model.options(), d, tau);
  }
  return total / static_cast<double>(data.size());
}

double fisher(const Snapshot& snapshot) {
  return fisher_error(snapshot, [&](Eigen::Index direction, const Dataset& data) {
    return objective(mixture(snapshot), snapshot.state.theta, direction, snapshot.temperature, data);
  });
}

std::string where_em_moves_means(const Snapshot& snapshot) {
  const Mixture& model = mixture(snapshot);
  if (const std::string none = model.responsibilities_unavailable(); !none.empty()) return none;
  if (model.options().energy->id != "gaussian") return "the identity is stated for gaussian energies";
  if (!model.options().learn_means) return "the means are not learned";
  return "";
}

// mu^EM - mu = (Sigma / N_j) N (-dJ/dmu) in the component's own units u = W (mu^EM - mu): since Sigma^-1 =
// W^T W it says W^T u = (N / N_j) (-dJ/dmu), each row over the size of its entries of W, so that no matrix is
// inverted which may be nearly singular. The left side is the plain weighted mean in extended precision, the
// right side the run's gradient.
double em_is_preconditioned_gradient(const Snapshot& snapshot) {
  const Mixture& model = mixture(snapshot);
  const Dataset data = thinned(snapshot.data(), 4096);
  const Evaluation e = evaluate(model, snapshot.state.theta, snapshot.temperature, data);
  const std::vector<kernel::Component> components = model.kernel_components(snapshot.state.theta);
  const auto n = static_cast<double>(data.size());
  Eigen::VectorXd claimed = Eigen::VectorXd::Zero(2 * model.components()), computed = claimed;
  for (int j = 0; j < model.components(); ++j) {
    const kernel::Component& c = components[static_cast<std::size_t>(j)];
    long double mass = 0, x = 0, y = 0;
    for (Eigen::Index i = 0; i < data.size(); ++i) {
      const long double r = e.responsibilities(i, j);
      mass += r;
      x += r * (static_cast<long double>(data.points(i, 0)) - c.mu0);
      y += r * (static_cast<long double>(data.points(i, 1)) - c.mu1);
    }
    if (mass < 1e-6) continue;
    const long double u0 = c.w00 * x / mass, u1 = (c.w10 * x + c.w11 * y) / mass;
    const double scale = n / static_cast<double>(mass), unit = c.w00 + std::abs(c.w10);
    claimed.segment<2>(2 * j) << -scale * e.gradient[2 * j] / unit, -scale * e.gradient[2 * j + 1] / c.w11;
    computed.segment<2>(2 * j) << static_cast<double>((c.w00 * u0 + c.w10 * u1) / unit),
        static_cast<double>(u1);
  }
  return gap(claimed, computed);
}

}  // namespace

const std::vector<IdentityCheck>& mixture_checks() {
  static const std::vector<IdentityCheck> all = {
      {"lse_gradient", "dL_i/dd_ij = -r_ij", 1e-14, where_they_are_softmax, lse_gradient},
      {"row_sums", "sum_j r_ij = 1", 1e-14, where_responsibilities_exist, row_sums},
      {"fisher", "dJ/dtheta = (1/N) sum r dd/dtheta", 1e-8, always, fisher},
      {"em_is_preconditioned_gradient", "mu_EM - mu = (Sigma_j/N_j) N (-dJ/dmu_j)", 1e-12,
       where_em_moves_means, em_is_preconditioned_gradient},
      {"fenchel_young", "dL_Omega/dd_j = -p_j", 1e-8, where_responsibilities_exist, lse_gradient},
      {"monotone_em", "an EM step never raises J", 1e-12, where_em_exists, monotone_em},
  };
  return all;
}

}  // namespace iem
