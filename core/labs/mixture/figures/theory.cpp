#include "core/labs/mixture/figures/theory.h"

#include <algorithm>

namespace iem {

Dataset affordable(const Snapshot& snapshot, Eigen::Index passes) {
  const Eigen::Index most = kFigureWork / (passes * mixture_of(snapshot).components());
  return thinned(snapshot.data(), std::max<Eigen::Index>(most, 64));
}

double rule_reg_covar(const Snapshot& snapshot) {
  const OptimizerType* rule = find_optimizer(snapshot.config().text("optimizer.method"));
  for (const Parameter& parameter : rule->parameters)
    if (parameter.key == "optimizer.reg_covar") return snapshot.config().real(parameter.key);
  return 0;
}

Surrogate::Surrogate(const Mixture& model, const Dataset& data, double tau, const Theta& anchor)
    : model_(model),
      data_(data),
      tau_(tau) {
  model_.evaluate(anchor, tau_, data_, {}, Wanted::rows, alone_, anchor_);
}

Surrogate::Values Surrogate::at(const Theta& theta) {
  model_.evaluate(theta, tau_, data_, {}, Wanted::energies, alone_, there_);
  double rise = 0;
  for (Eigen::Index i = 0; i < there_.energies.size(); ++i) {
    const double r = anchor_.responsibilities.data()[i];  // where it is 0 the energies may be infinite
    if (r > 0) rise += r * (there_.energies.data()[i] - anchor_.energies.data()[i]);
  }
  return {there_.loss, anchor_.loss + rise / static_cast<double>(data_.size())};
}

std::string sampled(const Snapshot& snapshot, const Dataset& data) {
  if (data.size() == snapshot.data().size()) return "";
  return ", on " + std::to_string(data.size()) + " of " + std::to_string(snapshot.data().size()) + " points";
}

}  // namespace iem
