// The other half of idle keys: a key that says it applies changes something. Every key of every lab, in the
// usual configuration and in those that differ from it in one choice.
#include <gtest/gtest.h>

#include <functional>
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
  if (lab == "layer") return "[data]\ncount = 60\n";
  if (lab == "classifier") return "[data]\ncount = 60\nnoise = 1.0\n[model]\ntemperature = 20.0\n";
  if (lab == "activation") return "[data]\nsource = \"bumps\"\ncount = 60\n";
  return "";
}

void add_lines(const Figure& figure, Hash& hash) {
  for (const Panel& panel : figure.panels)
    for (const Mark& mark : panel.marks)
      if (const auto* line = std::get_if<Line>(&mark)) hash.add(line->y);
}

void add_numbers(const Theta& numbers, Hash& hash) {
  hash.add(std::span<const double>(numbers.data(), static_cast<std::size_t>(numbers.size())));
}

// A fingerprint of all that a run of a few steps comes to, its curves included; 0 where it is refused.
std::uint64_t run_fingerprint(const Config& config) {
  try {
    iem::Run run(Scene{"s", {}, {}, {}, {}, config, {}, find_lab(config.lab())}, pool());
    Hash hash;
    hash.add(run.setup().data->hash);
    for (const int step : {0, 4}) {  // a start matters even where every start ends alike
      run.seek(step);
      hash.add(run.state().hash());
      add_numbers(run.state().theta, hash);
      hash.add(run.evaluation().loss);
      add_numbers(run.evaluation().gradient, hash);  // of what is learned: the trace has its norm
      for (const double metric : run.evaluation().metrics) hash.add(metric);
    }
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
  if (const auto* real = std::get_if<double>(&now)) out = {0.7 * *real, 0.3, 0.05, 2.0 * *real + 1, 50.0};
  if (p.kind == ParameterKind::choice) out.assign(p.choices.begin(), p.choices.end());
  if (p.kind == ParameterKind::choices)
    for (const std::string& one : p.choices) out.emplace_back(std::vector<std::string>{one});
  std::erase_if(out, [&](const Value& value) { return value == now; });
  return out;
}

// `before` is the fingerprint of the run of `config`.
bool changes_something(const Config& config, std::uint64_t before, const Parameter& p) {
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

using Named = std::pair<std::string, Config>;

// What else a key could say that switches others on or off.
std::vector<Value> other_choices(const Parameter& p, const Config& config) {
  std::vector<Value> out;
  if (p.effect == Effect::view) return out;
  if (p.kind == ParameterKind::boolean) out.emplace_back(!config.flag(p.key));
  if (p.kind == ParameterKind::choice) out.assign(p.choices.begin(), p.choices.end());
  if (p.key == "optimizer.blend") out.emplace_back(1.0);
  if (p.key == "model.learn") {
    const auto& all = config.list(p.key);
    for (const std::string& left_out : all) {
      std::vector<std::string> rest = all;
      std::erase(rest, left_out);
      out.emplace_back(rest);
    }
  }
  std::erase_if(out, [&](const Value& value) { return value == config.value(p.key); });
  return out;
}

Config with_choice(Config config, const std::string& key, const Value& value) {
  config.set(key, value);
  if (value == Value(std::string("sticky_markov"))) config.set("data.length", std::int64_t{30});
  if (value == Value(std::string("cosine"))) config.set("model.covariance", std::string("fixed"));
  return config;
}

// Those that differ from this one in one choice, of the keys that `which` names.
std::vector<Named> one_choice_away(const Named& from, const std::function<bool(const std::string&)>& which) {
  std::vector<Named> out;
  for (const Parameter& p : from.second.table().all())
    if (which(p.key))
      for (const Value& value : other_choices(p, from.second))
        out.emplace_back(from.first + ", " + p.key + " = " + quoted_value(value),
                         with_choice(from.second, p.key, value));
  return out;
}

Named usual_of(const Lab& lab) {
  const std::string head = "format = 1\nlab = \"" + lab.id() + "\"\n";
  return {lab.id(), parse_scene(head + usual_data(lab.id()), "s.toml").config};
}

// And what a lab has besides, in which other keys are at work.
std::vector<Named> usual_configurations(const Lab& lab) {
  std::vector<Named> out = {usual_of(lab)};
  if (out[0].second.table().find("model.experts") == nullptr) return out;
  out.emplace_back(lab.id() + ", experts", with_choice(out[0].second, "model.experts", std::int64_t{2}));
  out.back().second.set("model.temperature", 1.0);
  out.emplace_back(out.back().first + ", prototypes",
                   with_choice(out.back().second, "model.energy", std::string("gaussian")));
  return out;
}

// Under every rule, those that differ in one choice of the model, and without points where that may be.
std::vector<Named> ruled_configurations(const Lab& lab) {
  const auto is_rule = [](const std::string& key) { return key == "optimizer.method"; };
  const auto is_of_model = [](const std::string& key) {
    return key.starts_with("model.") || key == "optimizer.blend";
  };
  std::vector<Named> out;
  for (const Named& ruled : one_choice_away(usual_of(lab), is_rule)) {
    std::vector<Named> more = one_choice_away(ruled, is_of_model);
    std::move(more.begin(), more.end(), std::back_inserter(out));
    if (lab.id() == "activation")
      out.emplace_back(ruled.first + ", no points",
                       with_choice(ruled.second, "data.source", std::string("none")));
  }
  return out;
}

// Where no block of the model is among those that are learned, no setting of a rule matters.
bool learns_something(const Config& config) {
  try {
    const iem::Run run(Scene{"s", {}, {}, {}, {}, config, {}, find_lab(config.lab())}, pool());
    return std::ranges::any_of(run.setup().model->layout().blocks(), &Block::learned);
  } catch (const InputError&) {
    return true;
  }
}

// Every key of this configuration that says it applies and is one of `which`; how many there were.
int expect_at_work(const Named& named, const std::function<bool(const std::string&)>& which) {
  // What these do is seen elsewhere: when a run stops, and what is drawn later on.
  static const std::set<std::string> elsewhere = {"schedule.stop_steps",
                                                  "schedule.stop_grad_norm",
                                                  "schedule.stop_loss_change",
                                                  "seed",
                                                  "seeds.data",
                                                  "seeds.init",
                                                  "seeds.batch"};
  const Config& config = named.second;
  int tried = 0;
  const bool learns = learns_something(config);
  const std::uint64_t before = run_fingerprint(config);
  for (const Parameter& p : config.table().all()) {
    if (!learns && p.key.starts_with("optimizer.")) continue;
    const bool skip = p.effect == Effect::view || p.kind == ParameterKind::tensor ||
                      p.kind == ParameterKind::text || elsewhere.contains(p.key) || !which(p.key);
    if (skip || !config.unavailable_reason(p.key).empty()) continue;
    ++tried;
    const bool no_run = before == 0;
    EXPECT_TRUE(no_run || changes_something(config, before, p)) << named.first << ": " << p.key;
  }
  return tried;
}

TEST(KeysAtWork, AKeyThatAppliesChangesSomething) {
  const auto all = [](const std::string&) { return true; };
  int tried = 0;
  for (const Lab* lab : labs()) {
    for (const Named& usual : usual_configurations(*lab)) {
      tried += expect_at_work(usual, all);
      for (const Named& config : one_choice_away(usual, all)) tried += expect_at_work(config, all);
    }
  }
  EXPECT_GT(tried, 800);
}

TEST(KeysAtWork, AKeyOfARuleThatAppliesChangesSomethingWhateverTheModel) {
  const auto of_rules = [](const std::string& key) {
    return key.starts_with("optimizer.") || key == "model.learn" || key == "model.sigma_floor";
  };
  int tried = 0;
  for (const Lab* lab : labs())
    for (const Named& config : ruled_configurations(*lab)) tried += expect_at_work(config, of_rules);
  EXPECT_GT(tried, 800);
}

}  // namespace
}  // namespace iem
