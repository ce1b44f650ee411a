#include "core/optimize/optimizer.h"

namespace iem {

void OptimizerState::theta_edited(const Eigen::VectorXd& before, const Eigen::VectorXd& after) {
  for (Eigen::VectorXd& vector : vectors)
    if (vector.size() == after.size()) vector = (before.array() == after.array()).select(vector, 0);
  if (before != after) model_changed();
}

void OptimizerState::model_changed() { sums.resize(0, 0); }

void OptimizerState::data_changed() {
  model_changed();
  epoch = {};
}

}  // namespace iem
