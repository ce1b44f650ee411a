// The keys of learning in the activation lab; none has an effect where nothing can be learned.
#include <algorithm>
#include <cmath>

#include "core/config/common_parameters.h"
#include "core/labs/activation/model/keys.h"
#include "core/labs/activation/model/line_model.h"
#include "core/optimize/optimizer.h"

namespace iem {

std::string where_there_is_a_density(const Config& config) {
  if (config.text("model.hypotheses") == "gate") return "Gates have no parameters to learn.";
  const LineKernel* kernel = find_line_kernel(config.text("model.energy"));
  return std::isfinite(kernel->constant(kernel->shape(config).data()))
             ? ""
             : "This kernel is a curve without a density: nothing can be learned with it.";
}
std::vector<std::string> keys_of_a_density() {
  return {"model.hypotheses", "model.energy", "model.exponent"};
}

namespace {

std::string where_there_are_points(const Config& config) {
  return config.text("data.source") == "none" ? "There are no points." : "";
}

// A key of learning: without effect where nothing can be learned.
void only_where_something_is_learned(Parameter& parameter) {
  also_unless(parameter, where_there_are_points, {"data.source"});
  also_unless(parameter, where_there_is_a_density, keys_of_a_density());
}

Parameter learned() {
  Parameter out{.key = "model.learn",
                .group = Group::learning,
                .kind = ParameterKind::choices,
                .label = "Learn",
                .help = "Which parameters the rule may change: m or positions, scale, prior.",
                .default_value = std::vector<std::string>{"m", "positions", "scale", "prior"},
                .choices = {"m", "positions", "scale", "prior"},
                .advanced = true};
  only_where_something_is_learned(out);
  return out;
}

std::string where_the_scale_is_learned(const Config& config) {
  const auto& learn = config.list("model.learn");
  return std::ranges::find(learn, "scale") != learn.end() ? "" : "model.learn leaves the scale as it is.";
}

std::vector<Parameter> rule_keys() {
  std::vector<Parameter> out =
      optimizer_parameters({RuleNeed::value_step, RuleNeed::bound, RuleNeed::small_system});
  for (Parameter& parameter : out) {
    only_where_something_is_learned(parameter);
    if (parameter.key != "optimizer.reg_covar") continue;
    also_unless(parameter, where_the_scale_is_learned, {"model.learn"});
    parameter.default_value = 0.0;  // one scale is shared by all points and cannot become singular
    parameter.default_in = nullptr;
    parameter.help = "Added to the square of the scale in the M-step.";
  }
  return out;
}

}  // namespace

std::vector<Parameter> activation_learning_parameters() {
  std::vector<Parameter> out = {learned()};
  for (Parameter& parameter : rule_keys()) out.push_back(std::move(parameter));
  return out;
}

}  // namespace iem
