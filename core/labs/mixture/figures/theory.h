// Computations of the figures bound, convergence and landscape besides the run. They are made on the window's
// thread, and therefore on so few points that a figure takes milliseconds.
#pragma once

#include "core/labs/mixture/figures/list.h"
#include "core/model/fixed_point.h"

namespace iem {

// The most evaluations of one energy that a figure may cost.
inline constexpr Eigen::Index kFigureWork = 4'000'000;

// The data, or as many of its points as `passes` evaluations can afford.
Dataset affordable(const Snapshot& snapshot, Eigen::Index passes);

// reg_covar of the run's rule; 0 for a rule without it.
double rule_reg_covar(const Snapshot& snapshot);

// J and its EM surrogate about `anchor`: Q(theta) = J(anchor) + (1/N) sum_ij r_ij(anchor) (d_ij(theta) -
// d_ij(anchor)), which is the free energy F(q, theta) at q = r(anchor) (Neal & Hinton 1998). Q >= J, with
// equality and the same slope at the anchor.
class Surrogate {
 public:
  Surrogate(const Mixture& model, const Dataset& data, double tau, const Theta& anchor);
  struct Values {
    double j = 0, q = 0;
  };
  Values at(const Theta& theta);
  const Evaluation& anchor() const { return anchor_; }

 private:
  const Mixture& model_;
  const Dataset& data_;
  double tau_;
  ThreadPool alone_{1};
  Evaluation anchor_, there_;
};

// ", on 900 of 1000000 points" where `data` is not all of it.
std::string sampled(const Snapshot& snapshot, const Dataset& data);

}  // namespace iem
