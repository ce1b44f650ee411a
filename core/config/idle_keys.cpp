#include "core/config/idle_keys.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "core/base/check.h"

namespace iem {
namespace {

const Parameter& described(const Config& config, std::string_view key) {
  const Parameter* parameter = config.table().find(key);
  IEM_CHECK(parameter != nullptr);
  return *parameter;
}

// The other values that the switch could have, with every other key as it is. For a list that is its default
// alone; a number has no list of values, and the middle of its range stands for them.
std::vector<Value> alternatives(const Parameter& choice, const Config& config) {
  std::vector<Value> out;
  if (choice.kind == ParameterKind::boolean) out.emplace_back(!config.flag(choice.key));
  if (choice.kind == ParameterKind::choice) out.assign(choice.choices.begin(), choice.choices.end());
  if (choice.kind == ParameterKind::choices) out.push_back(config.default_value(choice.key));
  if (choice.kind == ParameterKind::real && std::isfinite(choice.min) && std::isfinite(choice.max))
    out.emplace_back((choice.min + choice.max) / 2);
  return out;
}

// The values of `by` with which the key would have an effect.
std::vector<Value> remedies(const Config& config, const Parameter& parameter, const std::string& by) {
  std::vector<Value> out;
  for (Value& value : alternatives(described(config, by), config)) {
    Config other = config;
    other.set(by, value);
    if (parameter.unavailable(other).empty()) out.push_back(std::move(value));
  }
  return out;
}

std::string listed(const std::vector<Value>& values) {
  std::string out;
  for (const Value& value : values) out += (out.empty() ? "" : ", ") + quoted_value(value);
  return out;
}

// Which of several switches the reason for being idle is about: the one with whose other values the reason
// changes. If there is none, the first that is not at its default, else the last.
std::string switch_of_reason(const Config& config, const Parameter& parameter) {
  const std::string reason = parameter.unavailable(config);
  for (const std::string& by : parameter.switched_by)
    for (Value& value : alternatives(described(config, by), config)) {
      Config other = config;
      other.set(by, std::move(value));
      if (parameter.unavailable(other) != reason) return by;
    }
  for (const std::string& by : parameter.switched_by)
    if (!(config.value(by) == config.default_value(by))) return by;
  return parameter.switched_by.back();
}

std::string said(const Config& config, const std::string& key) {
  return key + " = " + quoted_value(config.value(key));
}

}  // namespace

bool is_idle(const Config& config, std::string_view key) {
  return config.is_set(key) && !config.unavailable_reason(key).empty() &&
         !(config.value(key) == config.default_value(key));
}

std::string idle_sentence(const Config& config, std::string_view key) {
  const Parameter& parameter = described(config, key);
  for (const std::string& by : parameter.switched_by) {
    const std::vector<Value> with = remedies(config, parameter, by);
    if (with.empty()) continue;
    const bool number = std::holds_alternative<double>(with.front());
    return "has no effect with " + said(config, by) +
           (number ? ": " + parameter.unavailable(config) : "; it has with " + listed(with));
  }
  return "has no effect with " + said(config, switch_of_reason(config, parameter)) + ": " +
         parameter.unavailable(config);
}

void refuse_idle(const Config& config, std::string_view key) {
  if (is_idle(config, key)) throw config.error(key, idle_sentence(config, key));
}

void refuse_idle_keys(const Config& config) {
  std::vector<std::string> keys = config.keys();
  std::ranges::stable_sort(keys, {}, [&](const std::string& key) {
    const SourcePosition at = config.position(key);
    return std::pair(at.line, at.column);
  });
  for (const std::string& key : keys) refuse_idle(config, key);
}

}  // namespace iem
