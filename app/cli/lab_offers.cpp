#include "app/cli/lab_offers.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/data/source.h"
#include "core/optimize/optimizer.h"

namespace iem::cli {
namespace {

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::ranges::find(all, one) != all.end();
}

// Adds the rules that fit the model of this configuration; none where it makes no model ("csv" without a
// file).
void add_fitting(const Lab& lab, const Config& config, std::vector<std::string>& rules) {
  try {
    const Dataset data = make_dataset(config, "");
    const auto model = lab.make_model(config, data);
    for (const OptimizerType& type : optimizers())
      if (type.unavailable(*model).empty() && !contains(rules, type.id)) rules.push_back(type.id);
  } catch (const InputError&) {
    return;
  }
}

}  // namespace

std::vector<std::string> energies_of(const Lab& lab) {
  const Parameter* energy = lab.parameters()->find("model.energy");
  return energy ? energy->choices : std::vector<std::string>{};
}

std::vector<std::string> rules_of(const Lab& lab) {
  const Config usual(lab.id(), lab.parameters());
  std::vector<std::string> found;
  add_fitting(lab, usual, found);
  for (const Parameter& parameter : lab.parameters()->all()) {
    if (parameter.kind != ParameterKind::choice || parameter.effect == Effect::view ||
        parameter.effect == Effect::rule)
      continue;
    for (const std::string& choice : parameter.choices) {
      Config other = usual;
      other.set(parameter.key, choice);
      add_fitting(lab, other, found);
    }
  }
  std::vector<std::string> out;  // in the order of the registry
  for (const OptimizerType& type : optimizers())
    if (contains(found, type.id)) out.push_back(type.id);
  return out;
}

}  // namespace iem::cli
