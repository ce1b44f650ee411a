// The keys of rules and of the schedule, and where the classifier switches them off.
#include <algorithm>

#include "core/config/common_parameters.h"
#include "core/labs/classifier/model/experts_keys.h"
#include "core/labs/classifier/model/keys.h"
#include "core/labs/classifier/model/start.h"
#include "core/optimize/optimizer.h"

namespace iem {

std::string where_covariances_of_classes_are_learned(const Config& config) {
  const auto& blocks = config.list("model.learn");
  if (has_experts(config) && std::ranges::find(blocks, "noise_variances") != blocks.end()) return "";
  if (has_linear_energy(config)) return "Linear energies have no covariances.";
  if (config.text("model.covariance") == "fixed") return "Fixed covariances stay as they are.";
  const auto& learn = config.list("model.learn");
  return std::ranges::find(learn, "covariances") != learn.end()
             ? ""
             : "model.learn leaves the covariances as they are.";
}

std::vector<Parameter> classifier_learning_parameters() {
  std::vector<Parameter> out = optimizer_parameters({RuleNeed::value_step, RuleNeed::small_system});
  for (Parameter& p : out)
    if (p.key == "optimizer.reg_covar")
      also_unless(p, where_covariances_of_classes_are_learned,
                  {"model.learn", "model.covariance", "model.energy", "model.experts"});
  for (Parameter& p : schedule_parameters()) {
    if (p.key.starts_with("schedule.temperature"))
      also_unless(p,
                  [](const Config& config) {
                    return has_sigmoids(config) ? std::string("Independent sigmoids have no temperature.")
                                                : std::string();
                  },
                  {"model.objective"});
    out.push_back(std::move(p));
  }
  return out;
}

}  // namespace iem
