#include "core/labs/mixture/model/checks.h"

#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/check/common.h"
#include "core/mixture/dual_energies.h"

namespace iem {

using namespace check;

namespace {

const Mixture& mixture(const Snapshot& snapshot) { return static_cast<const Mixture&>(snapshot.model()); }

std::string where_responsibilities_exist(const Snapshot& snapshot) {
  return snapshot.model().responsibilities_unavailable();
}

std::string where_they_are_slopes(const Snapshot& snapshot) {
  const std::string none = where_responsibilities_exist(snapshot);
  return none.empty() ? where_energies_can_step(snapshot) : none;
}

std::string where_they_are_softmax(const Snapshot& snapshot) {
  if (snapshot.model().responsibility() == Responsibility::softmax) return where_they_are_slopes(snapshot);
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

// KL(p(x, z | to) || p(x, z | from)) of two mixtures: of their weights, and of their components, whose
// Sigma^-1 = W^T W.
double divergence_of(const Mixture& model, const Theta& to, const Theta& from) {
  const std::vector<kernel::Component> b = model.kernel_components(to), a = model.kernel_components(from);
  const std::vector<MixtureComponent> shares_b = model.unpack(to), shares_a = model.unpack(from);
  const auto square = [](double x) { return x * x; };
  double kl = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    const double weight = shares_b[j].weight;
    if (!(weight > 0)) continue;
    // W_a W_b^-1, of which the trace and the logarithm of the determinant are needed.
    const double m00 = a[j].w00 / b[j].w00, m11 = a[j].w11 / b[j].w11;
    const double m10 = (a[j].w10 - m11 * b[j].w10) / b[j].w00;
    const double dx = a[j].mu0 - b[j].mu0, dy = a[j].mu1 - b[j].mu1;
    const double trace = square(m00) + square(m10) + square(m11);
    const double way = square(a[j].w00 * dx) + square(a[j].w10 * dx + a[j].w11 * dy);
    const double components = 0.5 * (trace + way - 2) - libm::log(m00) - libm::log(m11);
    kl += weight * (libm::log(weight / shares_a[j].weight) + components);
  }
  return kl;
}

// The step of EM from the present state at tau = 1 without regularisation.
Theta plain_em_step(const Snapshot& snapshot, double& loss) {
  ThreadPool alone(1);
  Evaluation e;
  const Model& model = snapshot.model();
  model.evaluate(snapshot.state.theta, 1, snapshot.data(), {}, Wanted::sums, alone, e);
  loss = e.loss;
  return model.em_target(snapshot.state.theta, 1, snapshot.data(), e, 0, alone);
}

std::string where_em_is_mirror_descent(const Snapshot& snapshot) {
  const MixtureOptions& options = mixture(snapshot).options();
  if (const std::string none = where_em_exists(snapshot); !none.empty()) return none;
  const bool learns_all = options.learn_means && options.learn_weights && options.sigma_floor == 0 &&
                          (options.learn_covariances || options.covariance == CovarianceKind::fixed);
  if (options.energy->id != "gaussian" || options.objective != Objective::log_sum_exp || !options.volume_term)
    return "the bound is stated for gaussian energies with their volume";
  if (!learns_all) return "the bound is stated where everything is learned";
  double loss = 0;
  const Theta& here = snapshot.state.theta;
  const bool is_number = std::isfinite(divergence_of(mixture(snapshot), plain_em_step(snapshot, loss), here));
  return is_number ? "" : "the step goes so far that its divergence is no number";
}

// EM is mirror descent: at tau = 1 a step lowers J by at least KL(p(x, z | new) || p(x, z | old)) (Kunstner,
// Kumar and Schmidt 2021).
double mirror_descent(const Snapshot& snapshot) {
  const Mixture& model = mixture(snapshot);
  ThreadPool alone(1);
  double before = 0;
  const Theta to = plain_em_step(snapshot, before);
  Evaluation after;
  model.evaluate(to, 1, snapshot.data(), {}, Wanted::sums, alone, after);
  const double missing = divergence_of(model, to, snapshot.state.theta) - (before - after.loss);
  return std::isnan(missing) ? missing : std::max(0.0, missing) / std::max(1.0, std::abs(before));
}

}  // namespace

const std::vector<IdentityCheck>& mixture_checks() {
  static const std::vector<IdentityCheck> all = {
      {"lse_gradient", "dL_i/dd_ij = -r_ij", 1e-14, where_they_are_softmax, lse_gradient,
       lse_gradient_words()},
      {"row_sums", "sum_j r_ij = 1", 1e-14, where_responsibilities_exist, row_sums, row_sums_words()},
      {"fisher", "dJ/dtheta = (1/N) sum r dd/dtheta", 1e-8, always, fisher, fisher_words("j")},
      {"em_is_preconditioned_gradient",
       "mu_EM - mu = (Sigma_j/N_j) N (-dJ/dmu_j)",
       1e-12,
       where_em_moves_means,
       em_is_preconditioned_gradient,
       {"\\mu_j^{\\mathrm{EM}}-\\mu_j=\\frac{N}{N_j}\\,\\Sigma_j\\left(-\\frac{\\partial "
        "J}{\\partial\\mu_j}\\right)",
        "EM moves a mean along the gradient, times the component's covariance over its share of the points.",
        "The left side as a weighted mean in extended precision; the right side from the gradient the rule "
        "follows."}},
      {"fenchel_young", "dL_Omega/dd_j = -p_j", 1e-8, where_they_are_slopes, lse_gradient,
       fenchel_young_words()},
      {"monotone_em", "an EM step never raises J", 1e-12, where_em_exists, monotone_em, monotone_em_words()},
      {"mirror_descent",
       "J - J_EM >= KL(p_EM || p)",
       1e-10,
       where_em_is_mirror_descent,
       mirror_descent,
       {"J-J^{\\mathrm{EM}}\\ge\\mathrm{KL}(p^{\\mathrm{EM}}\\,\\|\\,p)",
        "EM is mirror descent: a step lowers J by at least the divergence of the two models it leads "
        "between.",
        "One step from here at temperature 1; the divergence in closed form; the error is what is missing."}},
  };
  return all;
}

}  // namespace iem
