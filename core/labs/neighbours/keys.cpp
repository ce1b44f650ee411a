#include "core/labs/neighbours/keys.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "core/base/words.h"
#include "core/config/common_parameters.h"
#include "core/data/source.h"
#include "core/labs/neighbours/toys/list.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

// Values by toy, for defaults that differ between toys.
using ByToy = std::map<std::string, Value>;

std::function<const Value*(const Config&)> default_of_toy(ByToy values) {
  return [values = std::move(values)](const Config& config) -> const Value* {
    const auto found = values.find(config.text("model.toy"));
    return found == values.end() ? nullptr : &found->second;
  };
}

Parameter toy_parameter() {
  Parameter p{.key = "model.toy",
              .group = Group::model,
              .kind = ParameterKind::choice,
              .effect = Effect::data,  // each toy has its own points
              .label = "Toy",
              .help = "Which of the small systems it is.",
              .default_value = toys().front().id};
  for (const ToyType& toy : toys()) p.choices.push_back(toy.id), p.choice_labels.push_back(toy.label);
  return p;
}

// A key that one or several toys declare; it has no effect in the others.
Parameter of_toys(const std::string& key) {
  std::map<std::string, Parameter> by;
  ByToy defaults;
  const Parameter* first = nullptr;
  std::set<std::string> switches = {"model.toy"};
  for (const ToyType& toy : toys())
    for (const Parameter& own : toy.keys) {
      if (own.key != key) continue;
      by.emplace(toy.id, own);
      defaults.emplace(toy.id, own.default_value);
      switches.insert(own.switched_by.begin(), own.switched_by.end());
      if (!first) first = &own;
    }
  Parameter p = *first;
  p.switched_by.assign(switches.begin(), switches.end());
  p.unavailable = [by, label = p.label](const Config& config) -> std::string {
    const auto own = by.find(config.text("model.toy"));
    if (own == by.end()) return "\"" + toy_in(config).label + "\" does not use it.";
    return own->second.unavailable ? own->second.unavailable(config) : "";
  };
  p.default_in = [by, plain = default_of_toy(std::move(defaults))](const Config& config) {
    const auto own = by.find(config.text("model.toy"));
    const Value* here = own != by.end() && own->second.default_in ? own->second.default_in(config) : nullptr;
    return here ? here : plain(config);
  };
  return p;
}

std::vector<Parameter> toy_parameters() {
  std::vector<Parameter> out = {toy_parameter()};
  for (const ToyType& toy : toys())
    for (const Parameter& own : toy.keys)
      if (std::ranges::find(out, own.key, &Parameter::key) == out.end()) out.push_back(of_toys(own.key));
  return out;
}

Parameter learned_parameter() {
  Parameter p{.key = "model.learn",
              .group = Group::learning,
              .kind = ParameterKind::choices,
              .label = "Learn",
              .help = "Which parameters the rule may change.",
              .default_value = std::vector<std::string>{},
              .advanced = true};
  std::map<std::string, std::vector<Value>> own;
  for (const ToyType& toy : toys())
    for (const std::vector<std::string>& blocks : toy.layouts) {
      own[toy.id].emplace_back(blocks);
      for (const std::string& block : blocks)
        if (std::ranges::find(p.choices, block) == p.choices.end()) p.choices.push_back(block);
    }
  p.choice_labels = p.choice_symbols = p.choices;
  p.default_in = [own = std::move(own)](const Config& config) -> const Value* {
    const ToyType& toy = toy_in(config);
    return &own.at(toy.id)[toy.layout_in(config)];
  };
  return p;
}

// The keys of the rows of data, whose defaults are those of the toy.
std::vector<Parameter> row_parameters() {
  ByToy sources, points;
  for (const ToyType& toy : toys()) {
    sources.emplace(toy.id, toy.source);
    if (!toy.points.data.empty()) points.emplace(toy.id, toy.points);
  }
  std::vector<Parameter> out = data_parameters(kRows);
  std::erase_if(out, [](const Parameter& p) { return p.key == "data.clusters"; });
  for (Parameter& p : out) {
    ByToy own;
    for (const ToyType& toy : toys())
      for (const auto& [key, value] : toy.data)
        if (key == p.key) own.emplace(toy.id, value);
    if (!own.empty()) p.default_in = default_of_toy(std::move(own));
    if (p.key == "data.points") p.default_in = default_of_toy(points);
    if (p.key != "data.source") continue;
    p.default_value = std::string("inline");
    p.default_in = [said = p.default_in, own = default_of_toy(sources)](const Config& config) {
      const Value* meant = said ? said(config) : nullptr;
      return meant ? meant : own(config);
    };
  }
  return out;
}

std::string where_nothing_is_learned(const Config& config) {
  const std::vector<std::string>& learn = config.list("model.learn");
  const bool any = std::ranges::any_of(toy_in(config).blocks(config), [&](const std::string& block) {
    return std::ranges::find(learn, block) != learn.end();
  });
  return any ? "" : "Nothing is learned.";
}

// The keys of rules. Those that need an M-step are offered only for toys that have one; no toy has
// covariances.
std::vector<Parameter> toy_rule_parameters() {
  std::vector<Parameter> out =
      optimizer_parameters({RuleNeed::mini_batches, RuleNeed::point_sums, RuleNeed::weights,
                            RuleNeed::value_step, RuleNeed::bound});
  for (Parameter& p : out)
    if (p.key != "optimizer.method") also_unless(p, where_nothing_is_learned, {"model.learn", "model.toy"});
  for (Parameter& p : out)
    if (p.key == "optimizer.reg_covar")
      also_unless(p, [](const Config&) -> std::string { return "No toy has covariances."; }, {"model.toy"});
  return out;
}

// The schedule without decay of the temperature.
std::vector<Parameter> steady_schedule() {
  std::vector<Parameter> out = schedule_parameters();
  std::erase_if(out, [](const Parameter& p) { return p.key.starts_with("schedule.temperature"); });
  return out;
}

}  // namespace

std::vector<Parameter> neighbours_parameters() {
  std::vector<Parameter> all;
  for (auto part : {toy_parameters(), row_parameters(), seed_parameters(),
                    std::vector<Parameter>{learned_parameter()}, toy_rule_parameters(), steady_schedule()})
    std::move(part.begin(), part.end(), std::back_inserter(all));
  return all;
}

void check_learned_blocks_of_toy(const Config& config) {
  const std::vector<std::string>& own = toy_in(config).blocks(config);
  for (const std::string& name : config.list("model.learn"))
    if (std::ranges::find(own, name) == own.end())
      throw config.error("model.learn", "\"" + toy_in(config).label + "\" has no " + name +
                                            " here: its parameters are " + joined(own));
}

std::vector<Parameter> neighbours_stage_parameters() {
  std::vector<Parameter> out;
  for (Parameter& p : stage_parameters())
    if (p.key == "view.x" || p.key == "view.y" || p.key == "view.trails" || p.key == "view.pinned")
      out.push_back(std::move(p));
  for (Parameter& p : out)
    if (p.key == "view.trails") p.help = "The way the run has come.";
  return out;
}

}  // namespace iem
