// The M-step of experts. At every tau, sum_ih r*_ih c_ih is minimised by weighted least squares for each
// line; the entropy of r* is constant. The gate's part, sum_ih r*_ih d_ih + kappa tau sum_i log sum_h
// exp(-d_ih/tau), is for prototypes at kappa = 0 that of a mixture; for a linear gate it is a cross-entropy
// with labels r*, which the minimum of Boehning & Lindsay's bound never raises.
#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/labs/classifier/model/experts.h"

namespace iem {
std::string Experts::em_unavailable() const {
  if (own_.linear_gate) return "";
  if (kappa() > 0)
    return "The gate's free phase pushes where the evidence pulls, and prototypes have no M-step for both; "
           "set "
           "model.discriminative to 0 or model.energy to linear, or use gradient descent (gd).";
  if (!own_.energy->em_unavailable.empty()) return own_.energy->em_unavailable;
  if (own_.energy->em == MStep::medians)
    return "The M-step of this energy is a median, which a gate does not take; use gradient descent (gd).";
  if (!own_.volume_term && layout_.block("covariances").learned)
    return "Without the volume term the M-step of the covariances has no minimum; turn it on, or use "
           "gradient "
           "descent (gd).";
  return "";
}

void Experts::move_lines(const Theta& theta, double middle, const Eigen::MatrixXd& sums, double reg_covar,
                         Theta& next) const {
  const bool turns = learns("slopes"), slides = learns("intercepts");
  for (int h = 0; h < own_.experts; ++h) {
    const auto s = sums.row(h);
    const double n = s[kR];
    if (!(n > kEmptyMass)) continue;
    // The changes of the slope and of the height at the mean of the data.
    double turn = 0, rise = 0;
    if (turns && slides) {
      const double spread = s[kRzz] - s[kRz] * s[kRz] / n;
      if (spread > 1e-12 * s[kRzz]) turn = (s[kRez] - s[kRe] * s[kRz] / n) / spread;
      rise = (s[kRe] - turn * s[kRz]) / n;
    } else if (turns) {  // about x = 0
      const double square = s[kRzz] + 2 * middle * s[kRz] + middle * middle * n;
      if (square > 0) turn = (s[kRez] + middle * s[kRe]) / square;
      rise = turn * middle;
    } else if (slides) {
      rise = s[kRe] / n;
    }
    next[at("slopes", h)] += turn;
    next[at("intercepts", h)] += rise - turn * middle;
    const double square = s[kRee] - 2 * turn * s[kRez] - 2 * rise * s[kRe] + turn * turn * s[kRzz] +
                          2 * turn * rise * s[kRz] + rise * rise * n;
    const double variance = std::max(0.0, square) / n + reg_covar;
    next[at("noise_variances", h)] = 0.5 * libm::log(variance);
  }
  layout_.keep_fixed(theta, next);
}

// The curvature of the gate is at most 1/(2 tau) (I - 11^T/H) (x) S, S = (1/N) sum [x;1][x;1]^T.
void Experts::move_linear_gate(const Dataset& data, const Evaluation& at_theta, Theta& next) const {
  const bool turns = learns("W"), slides = learns("b");
  const double tau = at_theta.statistics(0, kTau), middle = data.points.col(0).mean();
  const double spread = (data.points.col(0).array() - middle).square().mean();
  for (int h = 0; h < own_.experts; ++h) {
    const double by_w = at_theta.gradient[at("W", h)], by_b = at_theta.gradient[at("b", h)];
    double turn = 0, rise = 0;  // of w, and of w x + b at the middle of the data
    if (turns && slides) {
      if (spread > 0) turn = (by_w - middle * by_b) / spread;
      rise = by_b;
    } else if (turns) {
      const double square = spread + middle * middle;
      if (square > 0) turn = by_w / square;
      rise = turn * middle;
    } else if (slides) {
      rise = by_b;
    }
    next[at("W", h)] -= 2 * tau * turn;
    next[at("b", h)] -= 2 * tau * (rise - turn * middle);
  }
}

// The M-step of prototypes; at kappa = 0 the sums of g are those of r*.
void Experts::move_prototypes(const Theta& theta, const Eigen::MatrixXd& sums, double reg_covar,
                              Theta& next) const {
  double pooled = 0, total = 0;
  for (int h = 0; h < own_.experts; ++h) {
    const auto s = sums.row(h);
    const double spread = libm::exp(theta[at("covariances", h)]);
    next[at("weights", h)] = libm::log(s[kPull] + kEmptyMass);
    double moved = 0;  // in spreads
    if (s[kPull] > kEmptyMass && learns("means")) moved = s[kPullU] / s[kPullW];
    next[at("means", h)] += moved * spread;
    const double square =
        std::max(0.0, s[kPullUU] - 2 * moved * s[kPullU] + moved * moved * s[kPullW]) * spread * spread;
    pooled += square, total += s[kPull];
    if (!tied() && s[kPull] > kEmptyMass)
      next[at("covariances", h)] = 0.5 * libm::log(square / s[kPull] + reg_covar);
  }
  if (tied()) next[at("covariances", 0)] = 0.5 * libm::log(pooled / total + reg_covar);
}

void Experts::em_step_into(const Theta& theta, const Dataset& data, const Evaluation& at_theta,
                           double reg_covar, Theta& next) const {
  next = theta;
  if (own_.linear_gate)
    move_linear_gate(data, at_theta, next);
  else
    move_prototypes(theta, at_theta.statistics, reg_covar, next);
  move_lines(theta, data.points.col(0).mean(), at_theta.statistics, reg_covar, next);
}

}  // namespace iem
