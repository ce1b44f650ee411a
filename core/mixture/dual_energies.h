// The energies of a mixture with their derivative along one entry of theta, by automatic differentiation
// straight from the definition: what closed-form gradients are checked against.
#pragma once

#include <vector>

#include "core/math/dual.h"
#include "core/mixture/mixture.h"

namespace iem {

class DualEnergies {
 public:
  DualEnergies(const Mixture& model, const Theta& theta, Eigen::Index direction);
  // d_j of a point, K of them.
  void at(double x, double y, std::vector<Dual>& d) const;

 private:
  Dual entry(Eigen::Index i) const { return {theta_[i], i == direction_ ? 1.0 : 0.0}; }

  const Mixture& model_;
  const Theta& theta_;
  Eigen::Index direction_;
  Dual log_total_;  // log sum exp of the logits
  double constant_ = 0;
};

}  // namespace iem
