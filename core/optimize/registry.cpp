#include <algorithm>

#include "core/optimize/exact_em.h"
#include "core/optimize/gd_to_em.h"
#include "core/optimize/gradient_descent.h"
#include "core/optimize/optimizer.h"

namespace iem {

// The rules, in the order they are offered. Adding one: its file pair, its #include and its line here.
const std::vector<OptimizerType>& optimizers() {
  static const std::vector<OptimizerType> all = {
      gradient_descent(),
      gd_to_em(),
      exact_em(),
  };
  return all;
}

const OptimizerType* find_optimizer(const std::string& id) {
  for (const OptimizerType& type : optimizers())
    if (type.id == id) return &type;
  return nullptr;
}

namespace {

bool reads(const OptimizerType& type, const std::string& key) {
  return std::any_of(type.parameters.begin(), type.parameters.end(),
                     [&](const Parameter& p) { return p.key == key; });
}

Parameter method() {
  Parameter parameter{.key = "optimizer.method",
                      .group = Group::learning,
                      .kind = ParameterKind::choice,
                      .label = "Rule",
                      .help = "How the parameters follow the gradient.",
                      .fallback = std::string("gd")};
  for (const OptimizerType& type : optimizers()) parameter.choices.push_back(type.id);
  return parameter;
}

}  // namespace

std::vector<Parameter> optimizer_parameters() {
  std::vector<Parameter> out = {method()};
  for (const OptimizerType& type : optimizers()) {
    for (Parameter parameter : type.parameters) {
      const std::string key = parameter.key;
      if (std::any_of(out.begin(), out.end(), [&](const Parameter& p) { return p.key == key; })) continue;
      parameter.unavailable = [key, label = parameter.label](const Config& config) -> std::string {
        const OptimizerType* used = find_optimizer(config.text("optimizer.method"));
        return used && reads(*used, key) ? "" : label + " has no effect on this rule.";
      };
      out.push_back(std::move(parameter));
    }
  }
  return out;
}

}  // namespace iem
