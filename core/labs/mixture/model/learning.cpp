// The keys of rules and of the schedule, and where the mixture switches them off.
#include <algorithm>

#include "core/config/common_parameters.h"
#include "core/labs/mixture/model/keys.h"
#include "core/optimize/optimizer.h"

namespace iem {

std::string where_covariances_are_learned(const Config& config) {
  if (config.text("model.covariance") == "fixed") return "Fixed covariances stay as they are.";
  const auto& learn = config.list("model.learn");
  return std::ranges::find(learn, "covariances") != learn.end()
             ? ""
             : "model.learn leaves the covariances as they are.";
}

std::string where_there_is_temperature(const Config& config) {
  return config.text("model.objective") == "log_sum_exp" ? "" : "This objective has no temperature.";
}

std::vector<Parameter> mixture_learning_parameters() {
  std::vector<Parameter> out =
      optimizer_parameters({RuleNeed::value_step, RuleNeed::bound, RuleNeed::small_system});
  for (Parameter& p : out)
    if (p.key == "optimizer.reg_covar")
      also_unless(p, where_covariances_are_learned, {"model.learn", "model.covariance"});
  for (Parameter& p : schedule_parameters()) {
    if (p.key.starts_with("schedule.temperature"))
      also_unless(p, where_there_is_temperature, {"model.objective"});
    out.push_back(std::move(p));
  }
  return out;
}

}  // namespace iem
