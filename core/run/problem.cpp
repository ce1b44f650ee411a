#include "core/run/problem.h"

#include "core/math/log_sum_exp.h"
#include "core/run/identity.h"
#include "core/run/run_metrics.h"

namespace iem {

Theta Problem::initial_theta(const Config&, const Model& model, const Dataset&, Random&) const {
  return Theta::Zero(model.layout().size());
}

bool Problem::start_is_given(const Config& config) const {
  return !config.table().find("model.init") || config.text("model.init") == "explicit";
}

Theta Problem::convert(const Theta&, const Setup&, const Setup& to, Random& init) const {
  return initial_theta(to.config(), *to.model, *to.data, init);
}

const std::vector<IdentityCheck>& Problem::checks() const {
  static const std::vector<IdentityCheck> none;
  return none;
}

const std::vector<Metric>& Problem::metrics() const { return run_metrics(); }

IdentitySample Problem::identity_sample(const Run& run, Eigen::Index points) const {
  return lse_identity_sample(run, points);
}

// Where shares are finite Z is too: at a very low temperature its slopes are not, for the step to them is 0.
std::string Problem::lost_in_identity(const Snapshot& snapshot) const {
  return !energies_can_step(snapshot.temperature) && snapshot.identity.claimed.allFinite() ? "dL/dd" : "Z";
}

}  // namespace iem
