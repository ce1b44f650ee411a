// A model: an objective J(theta) on data, and the steps that only it knows (exact EM).
#pragma once

#include <Eigen/Core>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "core/base/thread_pool.h"
#include "core/data/dataset.h"
#include "core/math/responsibility.h"
#include "core/model/evaluation.h"
#include "core/model/layout.h"

namespace iem {

// M-steps add this to every N_j, as scikit-learn's GaussianMixture does, so that no weight becomes 0; what
// has no more than this has no moments and stays where it is.
inline constexpr double kEmptyMass = 10 * std::numeric_limits<double>::epsilon();

class Model {
 public:
  virtual ~Model() = default;

  const Layout& layout() const { return layout_; }

  // J, its gradient and the sums at theta and temperature tau > 0, over all points of `data`, or over those
  // listed in `batch` when it is not empty (then rows are not filled). The same bits for any number of
  // threads.
  virtual void evaluate(const Theta& theta, double tau, const Dataset& data,
                        std::span<const Eigen::Index> batch, Wanted wanted, ThreadPool& pool,
                        Evaluation& out) const = 0;

  // Whether metrics compare a state with the one before the last update; then a run keeps that state and
  // calls evaluate_after.
  virtual bool reports_drift() const { return false; }
  struct Before {
    const Theta& theta;
    double tau;
    const Evaluation& evaluation;  // of the same data, at that theta
  };
  virtual void evaluate_after(const Before&, const Theta& theta, double tau, const Dataset& data,
                              ThreadPool& pool, Evaluation& out) const {
    evaluate(theta, tau, data, {}, Wanted::sums, pool, out);
  }

  // Names of Evaluation::metrics.
  virtual std::vector<std::string> metric_ids() const { return {}; }

  // Theta in its user-facing shapes, by name, and back. from_natural replaces the blocks that are given and
  // keeps the rest of `theta`; throws InputError when a shape or value does not fit (a covariance that is not
  // positive definite). Unless a model says otherwise, the blocks as they are.
  virtual std::vector<NamedTensor> natural(const Theta& theta) const;
  virtual Theta from_natural(const Theta& theta, const std::vector<NamedTensor>& natural) const;
  // Whether all of natural(theta) is known to be finite without making it; false: it has to be made to know.
  virtual bool natural_is_tame(const Theta&) const { return false; }

  // Why J is not a number at finite parameters ("p lies outside of the triangle"); empty where the model
  // knows no reason.
  virtual std::string why_no_loss(const Theta&) const { return ""; }

  // One sentence why the model's objective has no responsibilities; empty when it has. Then
  // Evaluation::responsibilities stays empty.
  virtual std::string responsibilities_unavailable() const { return ""; }
  // One sentence why J has no logarithm that could be descended; empty when it is always greater than 0.
  virtual std::string logarithm_unavailable() const {
    return "J may be 0 or less here and has no logarithm; use gradient descent (gd).";
  }
  // One sentence why a mini-batch cannot stand for all points; empty when it can.
  virtual std::string batches_unavailable() const { return ""; }
  // One sentence why the rules that small systems are compared by (gradient flow, the spread of each block)
  // do not apply; empty when they do.
  virtual std::string small_rules_unavailable() const {
    return "This rule is shown on small systems alone; use gradient descent (gd).";
  }
  // How energies become responsibilities.
  virtual Responsibility responsibility() const { return Responsibility::softmax; }

  // Exact EM. `em_unavailable` is one sentence why there is no M-step, empty when there is one; `em_step`
  // returns where EM goes from theta, given an evaluation over `data` at theta. reg_covar is added to
  // covariance diagonals. An M-step that sums do not determine (em_needs_rows: weighted medians) needs the
  // rows of `at_theta`.
  virtual std::string em_unavailable() const {
    return "This objective has no M-step; use gradient descent (gd).";
  }
  virtual bool em_needs_rows() const { return false; }
  Theta em_step(const Theta& theta, const Dataset& data, const Evaluation& at_theta, double reg_covar) const {
    Theta next;
    em_step_into(theta, data, at_theta, reg_covar, next);
    return next;
  }
  // The same in the memory of `next`, which is not theta.
  virtual void em_step_into(const Theta& theta, const Dataset& data, const Evaluation& at_theta,
                            double reg_covar, Theta& next) const;

  // em_step into `next`, after an evaluation of the rows where it needs them and `at_theta` has none.
  void em_target_into(const Theta& theta, double tau, const Dataset& data, const Evaluation& at_theta,
                      double reg_covar, ThreadPool& pool, Theta& next) const;
  Theta em_target(const Theta& theta, double tau, const Dataset& data, const Evaluation& at_theta,
                  double reg_covar, ThreadPool& pool) const {
    Theta next;
    em_target_into(theta, tau, data, at_theta, reg_covar, pool, next);
    return next;
  }

  // Whether statistics of different steps can be added up, as incremental EM does; then move_statistics gives
  // those gathered at `from` as they would be about the position of `to` with the same responsibilities.
  virtual bool statistics_move() const { return false; }
  virtual void move_statistics(const Theta& from, const Theta& to,
                               Eigen::Ref<Eigen::MatrixXd> statistics) const;

  // From a, eta of the way to b in expectation parameters (math.md section 2, natural); eta = 0 is a and 1 is
  // b to the last bit. `out` is neither a nor b, here and below.
  void blend_moments_into(const Theta& a, const Theta& b, double eta, Theta& out) const;

  // (1 - lambda) a + lambda b in natural parameters (mu, Sigma, pi); lambda = 0 is a and 1 is b to the last
  // bit.
  void blend_into(const Theta& a, const Theta& b, double lambda, Theta& out) const;
  Theta blend(const Theta& a, const Theta& b, double lambda) const {
    Theta out;
    blend_into(a, b, lambda, out);
    return out;
  }

  // The values that minimise J for the present attention weights, with all other parameters fixed;
  // value_step_unavailable is one sentence why there are none, empty when there are. ridge is added to the
  // diagonal of the normal equations.
  virtual std::string value_step_unavailable() const {
    return "Only attention has values; use gradient descent (gd).";
  }
  virtual Theta value_step(const Theta& theta, double, const Dataset&, double) const { return theta; }

  // The minimum of a quadratic upper bound that touches J at theta, for objectives whose bound has the same
  // curvature everywhere (Boehning & Lindsay 1988); bound_unavailable is one sentence why there is none,
  // empty when there is.
  virtual std::string bound_unavailable() const {
    return "Only a linear classifier has this bound; use gradient descent (gd).";
  }
  virtual Theta bound_step(const Theta& theta, double, const Dataset&, const Evaluation&) const {
    return theta;
  }

  // Applies hard limits (sigma_floor) after an update.
  virtual void project(Theta&) const {}

 protected:
  // The same strictly between the ends: of theta as it is, and of natural parameters in place of expectation
  // parameters, unless a model says otherwise.
  virtual void mix_into(const Theta& a, const Theta& b, double lambda, Theta& out) const;
  virtual void mix_moments_into(const Theta& a, const Theta& b, double eta, Theta& out) const {
    mix_into(a, b, eta, out);
  }

  Layout layout_;
};

}  // namespace iem
