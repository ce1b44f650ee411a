// The rules that attention learns by, with rates of its own for values and read-out.
#include <algorithm>
#include <iterator>

#include "core/config/common_parameters.h"
#include "core/labs/attention/model/keys.h"
#include "core/optimize/common.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

// The reason why a learning rate for `blocks` has no effect, where none of them is learned.
std::function<std::string(const Config&)> where_learned(std::vector<std::string> blocks) {
  return [blocks = std::move(blocks)](const Config& config) -> std::string {
    const auto& learn = config.list("model.learn");
    const bool any = std::ranges::find_first_of(learn, blocks) != learn.end();
    return any ? "" : "What it is the rate of is not learned.";
  };
}

}  // namespace

// Attention has no responsibilities, so no rule that is made of them.
std::vector<Parameter> attention_learning_parameters() {
  std::vector<Parameter> out = optimizer_parameters(
      {RuleNeed::m_step, RuleNeed::point_sums, RuleNeed::weights, RuleNeed::bound, RuleNeed::small_system});
  const auto rate = std::ranges::find(out, std::string("optimizer.learning_rate"), &Parameter::key);
  Parameter readout = readout_learning_rate_parameter();
  readout.advanced = true;
  readout.unavailable = [rule = readout.unavailable](const Config& config) {
    return config.text("data.task") != "regression" ? rule(config) : "A regression has no read-out.";
  };
  readout.switched_by.emplace_back("data.task");
  also_unless(readout, where_learned({"W_O"}), {"model.learn"});
  Parameter values = value_learning_rate_parameter();
  also_unless(values,
              [](const Config& config) {
                return config.text("optimizer.method") == "value_m_step" ? "The values jump to their best."
                                                                         : std::string();
              },
              {"optimizer.method"});
  also_unless(values, where_learned({"values", "W_V"}), {"model.learn"});
  out.insert(std::next(rate), {std::move(values), std::move(readout)});
  return out;
}

}  // namespace iem
