// The runs that are compared with a first one by default, and settings in words.
#include <algorithm>

#include "core/config/setting_words.h"
#include "core/optimize/optimizer.h"
#include "core/run/comparison.h"

namespace iem {
std::vector<RunSpec> rule_specs(const Run& first, const std::vector<std::string>& methods) {
  std::vector<RunSpec> out;
  const Config& config = first.setup().config();
  const Parameter& key = *config.table().find(kRuleKey);
  for (const std::string& method : methods) {
    const OptimizerType* type = find_optimizer(method);
    const bool offered = type && std::ranges::find(key.choices, method) != key.choices.end();
    if (!offered || method == config.text(kRuleKey)) continue;
    if (!type->unavailable(*first.setup().model).empty()) continue;
    out.push_back({.name = type->label, .settings = {{kRuleKey, method, 0}}});
  }
  return out;
}

std::vector<RunSpec> fair_rule_specs(const Run& first, const std::vector<std::string>& methods) {
  std::vector<RunSpec> out = rule_specs(first, methods);
  for (RunSpec& spec : out) {
    const auto& method = std::get<std::string>(spec.settings.front().value);
    spec.best_rate = reads(*find_optimizer(method), kRateKey);
  }
  return out;
}

std::string settings_in_words(const Config& config, const std::vector<Edit>& settings) {
  std::string out;
  for (const Edit& setting : settings) {
    const Parameter* parameter = config.table().find(setting.key);
    if (!parameter) continue;
    const auto* method = setting.key == kRuleKey ? std::get_if<std::string>(&setting.value) : nullptr;
    const OptimizerType* rule = method ? find_optimizer(*method) : nullptr;
    out += (out.empty() ? "" : ", ") + (rule ? rule->label : setting_in_words(*parameter, setting.value));
  }
  return out;
}

}  // namespace iem
