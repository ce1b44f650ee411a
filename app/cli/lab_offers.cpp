#include "app/cli/lab_offers.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/data/source.h"
#include "core/labs/registry.h"
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

// The same with each weight of a term of the objective at its minimum, since some rules need one of them to
// be 0.
void add_fitting_at_ends(const Lab& lab, const Config& config, std::vector<std::string>& rules) {
  add_fitting(lab, config, rules);
  for (const Parameter& p : lab.parameters()->all()) {
    const bool ends = p.kind == ParameterKind::real && p.effect == Effect::objective && !p.min_open &&
                      std::isfinite(p.min) && std::isfinite(p.max);
    if (!ends || config.real(p.key) == p.min || !config.unavailable_reason(p.key).empty()) continue;
    Config other = config;
    other.set(p.key, p.min);
    add_fitting(lab, other, rules);
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
      add_fitting_at_ends(lab, other, found);
    }
  }
  std::vector<std::string> out;  // in the order of the registry
  for (const OptimizerType& type : optimizers())
    if (contains(found, type.id)) out.push_back(type.id);
  return out;
}

namespace {

// The words with "=" appended, each once, for completing ID=FILE.
std::vector<std::string> begun(std::vector<std::string> words) {
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  for (std::string& word : words) word += '=';
  return words;
}

}  // namespace

std::vector<std::string> lab_ids() {
  std::vector<std::string> out;
  for (const Lab* lab : labs()) out.push_back(lab->id());
  return out;
}

std::vector<std::string> figures_begun() {
  std::vector<std::string> out;
  for (const Lab* lab : labs())
    for (const FigureType& figure : lab->figures()) out.push_back(figure.id);
  return begun(std::move(out));
}

std::vector<std::string> dumps_begun() {
  std::vector<std::string> out;
  for (const Lab* lab : labs())
    for (const std::string& dump : lab->dumps()) out.push_back(dump);
  return begun(std::move(out));
}

std::vector<std::string> languages_begun() {
  std::vector<std::string> out;
  for (const Lab* lab : labs())
    for (const CodeType& language : lab->code_types()) out.push_back(language.id);
  return begun(std::move(out));
}

std::vector<std::string> keys_begun() {
  std::vector<std::string> out;
  for (const Lab* lab : labs())
    for (const Parameter& parameter : lab->parameters()->all()) out.push_back(parameter.key);
  return begun(std::move(out));
}

}  // namespace iem::cli
