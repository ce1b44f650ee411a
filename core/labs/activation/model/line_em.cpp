// The M-step of hypotheses on the line. Signs share one m and one scale: with the gaussian kernel
//   m = (1/N) sum_is r_s s z_i,   scale^2 = (1/N) sum_is r_s (z_i - s m)^2,
//   prior = (1/N) sum_i r_+   (math.md section 4);
// other kernels by weights w = kernel'(u)/u (iteratively reweighted least squares, Dempster, Laird & Rubin
// 1980), Laplace by weighted medians. Prototypes share the scale; their widths keep their ratios.
#include <cmath>

#include "core/base/check.h"
#include "core/base/libm.h"
#include "core/labs/activation/model/line_model.h"
#include "core/math/weighted_median.h"

namespace iem {

std::string LineModel::em_unavailable() const {
  if (options_.kind == HypothesisKind::gate)
    return "Gates have no parameters to learn; choose sign or prototype hypotheses, or leave the rule at gd.";
  if (!learns())
    return "This energy is a curve without a density, so there is nothing to learn; use gaussian, or leave "
           "the rule at gd.";
  if (!options_.volume_term && options_.learn_scale)
    return "Without the volume term the M-step of the scale has no minimum; turn it on, or learn the others "
           "only, or use gradient descent (gd).";
  return "";
}

// sum_h sum_i r w ((z - mu')/width_h)^2 / N about the new places, from sums about the old ones.
double LineModel::spread(const Hypotheses& h, const Evaluation& e, const LineNatural& next) const {
  double square = 0, total = 0;
  for (Eigen::Index j = 0; j < h.count; ++j) {
    const auto i = static_cast<std::size_t>(j);
    const auto s = e.statistics.row(j);
    const double place = is_sign() ? h.g[i] * next.places[0] : next.places[i], moved = place - h.mu[i];
    square += (s[kS2] - 2 * moved * s[kS1] + s[kW] * moved * moved) / (h.width[i] * h.width[i]);
    total += s[kN];
  }
  return square / total;
}

// Weighted medians: of s z over both signs, or of z for each prototype.
void LineModel::median_places(const Dataset& data, const Eigen::MatrixXd& r, LineNatural& natural) const {
  const auto z = data.points.col(0);
  if (is_sign()) {
    Eigen::VectorXd both(2 * z.size()), weights(2 * z.size());
    both << -z, z;
    weights << r.col(0), r.col(1);
    natural.places[0] = weighted_median(both, weights, sorted_order(both));
    return;
  }
  const std::vector<Eigen::Index> order = sorted_order(z);
  for (Eigen::Index j = 0; j < options_.count; ++j)
    if (r.col(j).sum() > kEmptyMass)
      natural.places[static_cast<std::size_t>(j)] = weighted_median(z, r.col(j), order);
}

void LineModel::em_step_into(const Theta& theta, const Dataset& data, const Evaluation& e, double reg_covar,
                             Theta& out) const {
  out = theta;
  if (data.size() == 0) return;
  const Hypotheses h = hypotheses(theta, 1);
  LineNatural next = unpack(theta);
  const double n = e.statistics.col(kN).sum();
  if (is_sign()) {
    next.prior[0] = (e.statistics(1, kN) + kEmptyMass) / (n + 2 * kEmptyMass);
  } else {
    for (std::size_t j = 0; j < next.prior.size(); ++j)
      next.prior[j] = e.statistics(static_cast<Eigen::Index>(j), kN) + kEmptyMass;
  }
  double square = 0;
  if (em_needs_rows()) {
    const Eigen::MatrixXd& r = e.responsibilities;
    IEM_CHECK(r.rows() == data.size());
    if (options_.learn_places) median_places(data, r, next);
    double distance = 0;
    for (Eigen::Index j = 0; j < h.count; ++j) {
      const auto i = static_cast<std::size_t>(j);
      const double place = is_sign() ? h.g[i] * next.places[0] : next.places[i];
      distance += r.col(j).dot((data.points.col(0).array() - place).abs().matrix()) / h.width[i];
    }
    square = libm::pow(distance / n, 2);
  } else {
    if (options_.learn_places) {
      if (is_sign()) {
        const double w = e.statistics.col(kW).sum();
        next.places[0] += (e.statistics(1, kS1) - e.statistics(0, kS1)) / w;
      } else {
        for (std::size_t j = 0; j < next.places.size(); ++j) {
          const auto s = e.statistics.row(static_cast<Eigen::Index>(j));
          if (s[kN] > kEmptyMass) next.places[j] += s[kS1] / s[kW];
        }
      }
    }
    square = spread(h, e, next);
  }
  next.scale = std::sqrt(square + reg_covar);
  out = pack(next);
  layout_.keep_fixed(theta, out);
}

// Sums about mu + d from sums about mu, at the same weights.
void LineModel::move_statistics(const Theta& from, const Theta& to,
                                Eigen::Ref<Eigen::MatrixXd> statistics) const {
  const Hypotheses a = hypotheses(from, 1), b = hypotheses(to, 1);
  for (Eigen::Index j = 0; j < a.count; ++j) {
    const auto i = static_cast<std::size_t>(j);
    auto s = statistics.row(j);
    const double moved = b.mu[i] - a.mu[i];
    s[kS2] += moved * (s[kW] * moved - 2 * s[kS1]);
    s[kS1] -= s[kW] * moved;
  }
}

void LineModel::mix_into(const Theta& a, const Theta& b, double lambda, Theta& out) const {
  const auto mix = [lambda](double u, double v) { return (1 - lambda) * u + lambda * v; };
  LineNatural from = unpack(a);
  const LineNatural to = unpack(b);
  for (std::size_t j = 0; j < from.places.size(); ++j) {
    from.places[j] = mix(from.places[j], to.places[j]);
    from.prior[j] = mix(from.prior[j], to.prior[j]);
  }
  from.scale = std::sqrt(mix(from.scale * from.scale, to.scale * to.scale));
  out = pack(from);
  layout_.keep_fixed(a, out);
}

// Expectation parameters of signs are E[s z] = m, E[z^2] = m^2 + scale^2 and E[s]; of prototypes pi_h,
// pi_h mu_h and sum_h pi_h (mu_h/width_h)^2 + scale^2. In centred form nothing cancels.
void LineModel::mix_moments_into(const Theta& a, const Theta& b, double eta, Theta& out) const {
  LineNatural from = unpack(a);
  const LineNatural to = unpack(b);
  double square = (1 - eta) * from.scale * from.scale + eta * to.scale * to.scale;
  for (std::size_t j = 0; j < from.places.size(); ++j) {
    const double moved = to.places[j] - from.places[j];
    const double prior = (1 - eta) * from.prior[j] + eta * to.prior[j];
    const double share = is_sign() ? eta : eta * to.prior[j] / prior;
    from.places[j] += share * moved;
    const double apart = options_.widths.empty() ? moved : moved / options_.widths[j];
    square += (is_sign() ? 1 : prior) * share * (1 - share) * apart * apart;
    from.prior[j] = prior;
  }
  from.scale = std::sqrt(square);
  out = pack(from);
  layout_.keep_fixed(a, out);
}

}  // namespace iem
