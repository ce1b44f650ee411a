#include <algorithm>

#include "core/optimize/em/accelerated_em.h"
#include "core/optimize/em/bohning.h"
#include "core/optimize/em/exact_em.h"
#include "core/optimize/em/gd_to_em.h"
#include "core/optimize/em/hard_em.h"
#include "core/optimize/em/incremental_em.h"
#include "core/optimize/em/value_m_step.h"
#include "core/optimize/optimizer.h"
#include "core/optimize/rules/adam.h"
#include "core/optimize/rules/adamw.h"
#include "core/optimize/rules/block_spread.h"
#include "core/optimize/rules/exponentiated_gradient.h"
#include "core/optimize/rules/gradient_descent.h"
#include "core/optimize/rules/gradient_flow.h"
#include "core/optimize/rules/log_descent.h"
#include "core/optimize/rules/momentum.h"
#include "core/optimize/rules/natural_gradient.h"
#include "core/optimize/rules/nesterov.h"
#include "core/optimize/rules/rmsprop.h"
#include "core/optimize/rules/stochastic_gradient.h"

namespace iem {

// The rules, in the order they are offered. Adding one: its file pair, its #include and its line here.
const std::vector<OptimizerType>& optimizers() {
  static const std::vector<OptimizerType> all = {
      gradient_descent(),
      gd_to_em(),
      exact_em(),
      natural_gradient(),
      squarem(),
      anderson(),
      hard_em(),
      incremental_em(),
      exponentiated_gradient(),
      stochastic_gradient(),
      momentum(),
      nesterov(),
      rmsprop(),
      adam(),
      adamw(),
      value_m_step(),
      bohning(),
      log_descent(),
      gradient_flow(),
      centred_descent(),
      z_score_descent(),
      common_spread_descent(),
  };
  return all;
}

const std::vector<std::string>& rules_to_compare() {
  static const std::vector<std::string> all = {gradient_descent().id, exact_em().id, natural_gradient().id,
                                               adam().id};
  return all;
}

const OptimizerType* find_optimizer(const std::string& id) {
  for (const OptimizerType& type : optimizers())
    if (type.id == id) return &type;
  return nullptr;
}

namespace {

// The rule's own declaration of a key; null when it does not read it.
const Parameter* declaration(const OptimizerType* type, std::string_view key) {
  if (!type) return nullptr;
  const auto it = std::find_if(type->parameters.begin(), type->parameters.end(),
                               [&](const Parameter& p) { return p.key == key; });
  return it == type->parameters.end() ? nullptr : &*it;
}

const OptimizerType* rule_in(const Config& config) { return find_optimizer(config.text("optimizer.method")); }

// The keys that decide whether this one has an effect: those that its rules name, then the rule itself.
std::vector<std::string> switches_of(const std::string& key) {
  std::vector<std::string> out;
  for (const OptimizerType& type : optimizers())
    if (const Parameter* own = declaration(&type, key))
      out.insert(out.end(), own->switched_by.begin(), own->switched_by.end());
  out.emplace_back("optimizer.method");
  return out;
}

Parameter method(const std::vector<RuleNeed>& lacking) {
  Parameter parameter{.key = "optimizer.method",
                      .group = Group::learning,
                      .kind = ParameterKind::choice,
                      .effect = Effect::rule,
                      .label = "Rule",
                      .help = "How the parameters follow the gradient.",
                      .default_value = std::string("gd")};
  for (const OptimizerType& type : optimizers()) {
    parameter.choices.push_back(type.id);
    if (std::ranges::find(lacking, type.needs) != lacking.end()) parameter.foreign_choices.push_back(type.id);
  }
  parameter.segments = true;
  return parameter;
}

}  // namespace

bool reads(const OptimizerType& rule, std::string_view key) { return declaration(&rule, key) != nullptr; }

std::vector<Parameter> optimizer_parameters(std::vector<RuleNeed> lacking) {
  std::vector<Parameter> out = {method(lacking)};
  for (const OptimizerType& type : optimizers()) {
    for (Parameter parameter : type.parameters) {
      const std::string key = parameter.key;
      if (std::any_of(out.begin(), out.end(), [&](const Parameter& p) { return p.key == key; })) continue;
      parameter.switched_by = switches_of(key);
      parameter.unavailable = [key, label = parameter.label, lacking](const Config& config) -> std::string {
        const OptimizerType* rule = rule_in(config);
        const bool lacks = rule && std::ranges::find(lacking, rule->needs) != lacking.end();
        const Parameter* own = lacks ? nullptr : declaration(rule, key);
        if (!own) return label + " has no effect on this rule.";
        return own->unavailable ? own->unavailable(config) : "";
      };
      // Rules may differ in their defaults.
      parameter.default_in = [key](const Config& config) {
        const Parameter* own = declaration(rule_in(config), key);
        return own ? &own->default_value : nullptr;
      };
      out.push_back(std::move(parameter));
    }
  }
  return out;
}

}  // namespace iem
