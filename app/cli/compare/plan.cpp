#include "app/cli/compare/plan.h"

#include <algorithm>

#include "app/cli/stepping.h"
#include "app/cli/sweep_plan.h"
#include "app/cli/terminal.h"
#include "core/base/number.h"
#include "core/base/utf8.h"
#include "core/config/assignment.h"
#include "core/config/idle_keys.h"
#include "core/optimize/optimizer.h"
#include "core/run/best_rate.h"
#include "core/session/session.h"

namespace iem::cli {
namespace {

// The key that is meant: as it stands, else the only one that ends in it.
std::string whole_key(const std::string& key, const ParameterTable& table) {
  if (table.find(key)) return key;
  std::string found;
  for (const Parameter& parameter : table.all()) {
    if (!parameter.key.ends_with("." + key)) continue;
    if (!found.empty()) return key;
    found = parameter.key;
  }
  return found.empty() ? key : found;
}

bool is_best(const Assignment& said) {
  return said.key == kRateKey && said.value == Value(std::string("best"));
}

// Takes --set optimizer.learning_rate=best out of the settings. Was it there?
bool take_best(CompareOptions& options) {
  const auto asks = [](const std::string& text) {
    const Assignment said = parse_assignment(text, "--set");
    return is_best(said);
  };
  return std::erase_if(options.set, asks) > 0;
}

std::int64_t steps_for_rates(const CompareOptions& options, const Run& first) {
  return target_step(options.steps, first) - first.state().step;
}

void say_rate(const Comparison::Entry& entry, std::int64_t steps) {
  if (!entry.spec.best_rate) return;
  const double rate = entry.run.setup().config().real(kRateKey);
  say_note(entry.spec.name + ": learning rate " + exact_number(rate) + ", the best of " +
           std::to_string(rates_to_try().size()) + " after " + std::to_string(steps) + " steps");
}

std::vector<RunSpec> specs_of(const CompareOptions& options, const Run& first) {
  std::vector<RunSpec> out;
  for (const std::string& text : options.runs) out.push_back(parse_run(text, first.setup().config()));
  if (out.empty()) out = first.origin().compare;
  return out.empty() ? fair_rule_specs(first, rules_to_compare()) : out;
}

}  // namespace

RunSpec parse_run(const std::string& text, const Config& config) {
  RunSpec spec;
  Config trial = config;
  for (const std::string& piece : split_at_commas(text)) {
    if (piece.empty() && text.empty()) break;  // a run that differs in nothing
    Assignment said = parse_assignment(piece, "--run");
    if (said.key == "name") {
      const auto* name = std::get_if<std::string>(&said.value);
      if (!name || name->empty()) throw InputError("--run " + printable(text) + ": name must be words");
      spec.name = *name;
      continue;
    }
    said.key = whole_key(said.key, config.table());
    if (spec.says(said.key) || (spec.best_rate && said.key == kRateKey))
      throw InputError("--run " + printable(text) + ": " + said.key + " is given twice");
    if (is_best(said)) {
      spec.best_rate = true;
      continue;
    }
    const Parameter* parameter = config.table().find(said.key);
    if (parameter && parameter->effect == Effect::view)
      throw InputError("--run " + printable(text) + ": " + said.key + " is the same for all runs");
    trial.set(said.key, std::move(said.value), {"--run", 0, 0});
    spec.settings.push_back({said.key, trial.value(said.key), 0});
  }
  for (const Edit& setting : spec.settings) refuse_idle(trial, setting.key);
  if (const std::string none = spec.best_rate ? trial.unavailable_reason(kRateKey) : ""; !none.empty())
    throw InputError("--run " + printable(text) + ": " + kRateKey + " = \"best\": " + none);
  return spec;
}

std::vector<Draw> draws_of(const CompareOptions& options, const Scene& scene) {
  constexpr std::int64_t kMost = RunSpec::kMostDraws;
  const Seeds seeds = parse_seeds(options.seeds), starts = parse_start_seeds(options.start_seeds);
  std::vector<Draw> out;
  if (seeds.count() > kMost || starts.count() > kMost || seeds.count() * starts.count() > kMost)
    throw InputError("compare: there may be at most " + std::to_string(kMost) + " draws");
  if (!seeds.own || !starts.own) {
    for (std::int64_t s = seeds.first; s <= seeds.last; ++s)
      for (std::int64_t i = starts.first; i <= starts.last; ++i)
        out.push_back(
            {seeds.own ? std::nullopt : std::optional(s), starts.own ? std::nullopt : std::optional(i)});
    return out;
  }
  int times = 1;
  if (options.runs.empty())
    for (const RunSpec& spec : scene.compare) times = std::max(times, spec.seeds);
  const std::int64_t first = scene.config.integer("seed");
  for (int k = 0; times > 1 && k < times; ++k) out.push_back({first + k, std::nullopt});
  return out;
}

Comparison open_comparison(const CompareOptions& asked, const std::vector<Draw>& draws,
                           const std::function<void(const Run&)>& check) {
  CompareOptions options = asked;
  const bool best = take_best(options);
  if (!draws.empty()) {
    options.seed = draws.front().seed;
    options.seed_init = draws.front().seed_init;
  }
  Run first = open_run(options, !options.quiet && !options.json);
  check(first);
  const std::int64_t steps = steps_for_rates(options, first);
  if (best && is_replay(options.scene))
    throw InputError(
        "--set optimizer.learning_rate=best is sought from the start of a scene: give that of the saved run");
  if (best) {
    Scene scene = first.origin();
    const double rate = find_best_rate(scene, steps, first.pool());
    scene.config.set(kRateKey, rate);
    first = Run(std::move(scene), first.shared_pool());
    say_note("learning rate " + exact_number(rate) + ", the best of " +
             std::to_string(rates_to_try().size()) + " after " + std::to_string(steps) + " steps");
  }
  const std::vector<RunSpec> specs = specs_of(options, first);
  Comparison runs(std::move(first));
  for (RunSpec spec : specs) {
    if (spec.is_future()) {
      say_note(spec.name + " is what the run would have been: it is not compared");
      continue;
    }
    spec.seeds = std::max(1, static_cast<int>(draws.size()));
    say_rate(runs.entry(runs.add(std::move(spec), steps)), steps);
  }
  return runs;
}

}  // namespace iem::cli
