// A second implementation of J of a layer for checks, straight from its definition and with the derivative
// along one entry of theta: plain loops over points and units, without responsibilities and matrix products.
// Numbers that do not depend on the entry are computed once.
#pragma once

#include <vector>

#include "core/labs/layer/model/layer.h"
#include "core/math/dual.h"

namespace iem {

class LayerDefinition {
 public:
  LayerDefinition(const Layer& model, const Theta& theta, double tau, const Dataset& data);

  // dJ/dtheta_e.
  double slope(Eigen::Index entry) const;

 private:
  using Column = std::vector<Dual>;  // a number a point

  Dual at(const char* block, Eigen::Index i, Eigen::Index j, Eigen::Index entry) const;
  Column distances(Eigen::Index unit, Eigen::Index entry) const;
  Dual moments(const std::vector<Column>& d, Eigen::Index unit) const;
  Dual orthogonality(Eigen::Index entry) const;
  Dual readout(const std::vector<Dual>& d, int label, Eigen::Index entry) const;

  const Layer& model_;
  const Theta& theta_;
  double tau_;
  const Dataset& data_;
  std::vector<Column> distances_;  // of every unit, without derivatives
};

}  // namespace iem
