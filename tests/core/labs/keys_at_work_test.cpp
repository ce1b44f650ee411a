// The other half of idle keys: a key that says it applies changes something. Every key of every lab, in the
// usual configuration and in those that differ from it in one choice.
#include <gtest/gtest.h>

#include <set>

#include "core/base/hash.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"
#include "tests/core/error_of.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::pool;

// Data to learn from, few and quick.
std::string usual_data(const std::string& lab) {
  if (lab == "mixture") return "[data]\ncount = 60\nnoise = 0.6\n";
  if (lab == "activation") return "[data]\nsource = \"bumps\"\ncount = 60\n";
  return "";
}

void add_lines(const Figure& figure, Hash& hash) {
  for (const Panel& panel : figure.panels)
    for (const Mark& mark : panel.marks)
      if (const auto* line = std::get_if<Line>(&mark)) hash.add(line->y);
}

// A fingerprint of all that a run of a few steps comes to, its curves included; 0 where it is refused.
std::uint64_t run_fingerprint(const Config& config) {
  try {
    iem::Run run(Scene{"s", {}, {}, {}, {}, config, {}, find_lab(config.lab())}, pool());
    run.seek(4);
    Hash hash;
    hash.add(run.setup().data->hash);
    hash.add(run.state().hash());
    const Theta& theta = run.state().theta;
    hash.add(std::span<const double>(theta.data(), static_cast<std::size_t>(theta.size())));
    hash.add(run.evaluation().loss);
    for (const double metric : run.evaluation().metrics) hash.add(metric);
    if (config.lab() == "activation") {
      const auto snapshot = take_snapshot(run);
      add_lines(lab_of(run.setup()).figure("derivation", *snapshot, {snapshot->config(), {}, {}}), hash);
    }
    return hash.value() | 1;
  } catch (const InputError&) {
    return 0;
  }
}

std::vector<Value> other_values_of(const Parameter& p, const Value& now) {
  std::vector<Value> out;
  if (const auto* flag = std::get_if<bool>(&now)) out = {!*flag};
  if (const auto* whole = std::get_if<std::int64_t>(&now)) out = {*whole + 1, *whole - 1, std::int64_t{7}};
  if (const auto* real = std::get_if<double>(&now)) out = {0.7 * *real, 0.3, 0.05, 2.0 * *real + 1};
  if (p.kind == ParameterKind::choice) out.assign(p.choices.begin(), p.choices.end());
  if (p.kind == ParameterKind::choices)
    for (const std::string& one : p.choices) out.emplace_back(std::vector<std::string>{one});
  std::erase_if(out, [&](const Value& value) { return value == now; });
  return out;
}

bool changes_something(const Config& config, const Parameter& p) {
  const std::uint64_t before = run_fingerprint(config);
  if (before == 0) return true;  // no such run
  bool tried = false;
  for (const Value& value : other_values_of(p, config.value(p.key))) {
    Config other = config;
    if (!error_of([&] { other.set(p.key, value); }).empty()) continue;
    const std::uint64_t after = run_fingerprint(other);
    if (after == 0) continue;
    tried = true;
    if (after != before) return true;
  }
  return !tried;
}

std::vector<std::pair<std::string, Config>> choice_configurations(const Lab& lab) {
  const Config usually =
      parse_scene("format = 1\nlab = \"" + lab.id() + "\"\n" + usual_data(lab.id()), "s.toml").config;
  std::vector<std::pair<std::string, Config>> out = {{"usual", usually}};
  for (const Parameter& p : lab.parameters()->all()) {
    if (p.effect == Effect::view) continue;
    for (const std::string& choice : p.choices) {
      if (p.kind != ParameterKind::choice || Value(choice) == usually.value(p.key)) continue;
      Config other = usually;
      other.set(p.key, choice);
      if (choice == "sticky_markov") other.set("data.length", std::int64_t{30});
      out.emplace_back(p.key + " = " + choice, std::move(other));
    }
    if (p.kind != ParameterKind::boolean) continue;
    Config other = usually;
    other.set(p.key, !usually.flag(p.key));
    out.emplace_back(p.key + " switched", std::move(other));
  }
  return out;
}

// Keys that some choices leave without effect and that do not say so yet: a covariance that is fixed,
// hypotheses that learn nothing, objectives without a temperature, values that jump to their best; and a
// floor below every spread. They must be at work somewhere.
const std::set<std::string>& quiet_in_some_choices() {
  static const std::set<std::string> all = {
      "mixture model.sigma_floor",      "mixture model.volume_term",
      "mixture model.temperature",      "mixture schedule.temperature_decay",
      "mixture optimizer.reg_covar",    "mixture model.learn",
      "activation model.learn",         "activation optimizer.learning_rate",
      "activation optimizer.method",    "activation optimizer.weight_decay",
      "activation model.volume_term",   "activation data.standardise",
      "activation optimizer.reg_covar", "activation model.m",
      "activation model.scale",         "attention optimizer.value_learning_rate"};
  return all;
}

TEST(KeysAtWork, AKeyThatAppliesChangesSomething) {
  // What these do is seen elsewhere: when a run stops, and what is drawn later on.
  const std::set<std::string> elsewhere = {"schedule.stop_steps",
                                           "schedule.stop_grad_norm",
                                           "schedule.stop_loss_change",
                                           "seed",
                                           "seeds.data",
                                           "seeds.init",
                                           "seeds.batch"};
  int tried = 0;
  std::set<std::string> at_work;
  for (const Lab* lab : labs())
    for (const auto& [what, config] : choice_configurations(*lab))
      for (const Parameter& p : lab->parameters()->all()) {
        const bool skip = p.effect == Effect::view || p.kind == ParameterKind::tensor ||
                          p.kind == ParameterKind::text || elsewhere.contains(p.key);
        if (skip || !config.unavailable_reason(p.key).empty()) continue;
        ++tried;
        const std::string key = lab->id() + " " + p.key;
        const bool changes = changes_something(config, p);
        if (changes) at_work.insert(key);
        EXPECT_TRUE(changes || quiet_in_some_choices().contains(key))
            << lab->id() << ", " << what << ": " << p.key;
      }
  EXPECT_GT(tried, 800);
  for (const std::string& key : quiet_in_some_choices()) EXPECT_TRUE(at_work.contains(key)) << key;
}

}  // namespace
}  // namespace iem
