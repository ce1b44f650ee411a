#include "core/run/run_words.h"

#include <algorithm>
#include <cctype>

#include "core/base/number.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

std::string lower_case_start(std::string text) {
  const bool is_word = text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0;
  if (is_word) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

std::string choice_words(const Parameter& parameter, const std::string& id) {
  if (const OptimizerType* rule = find_optimizer(id); rule && parameter.key == "optimizer.method")
    return rule->label;
  const auto place =
      static_cast<std::size_t>(std::ranges::find(parameter.choices, id) - parameter.choices.begin());
  if (place < parameter.choice_labels.size()) return lower_case_start(parameter.choice_labels[place]);
  std::string words = id;
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string list_words(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& word : list) out += (out.empty() ? "" : " + ") + word;
  return out.empty() ? "nothing" : out;
}

std::string setting_words(const Parameter& parameter, const Value& value) {
  const std::string label = lower_case_start(parameter.label.empty() ? parameter.key : parameter.label);
  if (const auto* on = std::get_if<bool>(&value)) return (*on ? "" : "no ") + label;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return label + " " + std::to_string(*whole);
  if (const auto* number = std::get_if<double>(&value)) return label + " " + format_number(*number);
  if (const auto* text = std::get_if<std::string>(&value))
    return parameter.kind == ParameterKind::choice ? choice_words(parameter, *text) : label + " " + *text;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value))
    return label + " " + list_words(*list);
  return std::get<Tensor>(value).data.empty() ? "no given " + label : "other " + label;
}

}  // namespace

std::string rule_label(const Config& config) {
  const OptimizerType* rule = find_optimizer(config.text("optimizer.method"));
  return rule ? rule->label : config.text("optimizer.method");
}

std::string settings_in_words(const Config& config, const std::vector<Edit>& settings) {
  std::string out;
  for (const Edit& setting : settings) {
    const Parameter* parameter = config.table().find(setting.key);
    if (!parameter) continue;
    out += (out.empty() ? "" : ", ") + setting_words(*parameter, setting.value);
  }
  return out;
}

std::vector<Edit> differences(const Config& of, const Config& from) {
  std::vector<Edit> out;
  for (const Parameter& parameter : of.table().all()) {
    if (parameter.effect == Effect::view || !of.unavailable_reason(parameter.key).empty()) continue;
    const bool same = of.lab() == from.lab() ? of.value(parameter.key) == from.value(parameter.key)
                                             : !of.is_set(parameter.key);
    if (!same) out.push_back({parameter.key, of.value(parameter.key), 0});
  }
  return out;
}

}  // namespace iem
