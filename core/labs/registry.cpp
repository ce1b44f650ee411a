#include "core/run/identity.h"
#include "core/labs/activation/lab.h"
#include "core/labs/attention/lab.h"
#include "core/labs/kit/lab.h"
#include "core/labs/mixture/lab.h"
#include "core/run/run_metrics.h"

namespace iem {

// The labs, in the order of the tabs. Adding one: its files, its #include and its line here.
const std::vector<const Lab*>& labs() {
  static const std::vector<const Lab*> all = {
      &mixture_lab(),
      &activation_lab(),
      &attention_lab(),
  };
  return all;
}

bool Lab::start_is_given(const Config& config) const {
  return !config.table().find("model.init") || config.text("model.init") == "explicit";
}

IdentitySample Lab::identity_sample(const Run& run, Eigen::Index points) const {
  return lse_identity_sample(run, points);
}

const std::vector<Metric>& Lab::metrics() const { return run_metrics(); }

const Lab* find_lab(const std::string& id) {
  for (const Lab* lab : labs())
    if (lab->id() == id) return lab;
  return nullptr;
}

}  // namespace iem
