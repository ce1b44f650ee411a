#include "core/run/comparison.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/config/setting_words.h"
#include "core/optimize/optimizer.h"
#include "core/run/best_rate.h"

namespace iem {
namespace {

constexpr std::size_t kMostFutures = 3;
// The most steps beyond the clock that an added run is computed, where more of the first is known.
constexpr std::int64_t kFurthestAhead = 1000;
// Up to this many points the runs are computed in parallel, and not the pieces of each run.
constexpr Eigen::Index kSmallData = 20'000;

std::string rule_label(const Config& config) {
  const OptimizerType* rule = find_optimizer(config.text(kRuleKey));
  return rule ? rule->label : config.text(kRuleKey);
}

// The settings in which a run differs from another at present.
std::vector<Edit> differences(const Run& run, const Run& from) {
  std::vector<Edit> out;
  for (auto& [key, value] : differing_settings(run.setup().config(), from.setup().config()))
    out.push_back({key, std::move(value), 0});
  return out;
}

// The spec of a run that starts again together with the first: the settings of its spec, and those that were
// changed in it alone, at their present values.
RunSpec from_here_on(const Comparison::Entry& entry, const Run& first) {
  const Config& config = entry.run.setup().config();
  RunSpec spec{.name = entry.spec.name, .seeds = entry.spec.seeds};
  for (const Edit& edit : entry.spec.settings) spec.settings.push_back({edit.key, config.value(edit.key), 0});
  for (Edit& edit : differences(entry.run, first))
    if (!spec.says(edit.key)) spec.settings.push_back(std::move(edit));
  return spec;
}

// Adds a setting to the spec in place of an earlier one of the same key.
void say(RunSpec& spec, Edit setting) {
  std::erase_if(spec.settings, [&](const Edit& said) { return said.key == setting.key; });
  spec.settings.push_back(std::move(setting));
}

bool go_to(Comparison::Entry& entry, std::int64_t step, const GoesOn& goes_on = {}) {
  return entry.run.seek(entry.is_future() ? std::min(step, entry.run.last_step()) : step, goes_on);
}

// Takes a run to `step` one step at a time, so that its stop conditions are noticed.
StepResult advance(Run& run, std::int64_t step) {
  StepResult result = StepResult::stepped;
  while (!run.divergence() && run.state().step < step) result = run.step();
  return run.divergence() ? StepResult::non_finite : result;
}

}  // namespace

Comparison::Comparison(Run first) {
  clock_ = first.state().step;
  RunSpec spec{.name = first.origin().called};
  first.set_beside({}, spec.name);
  const bool by_rule = spec.name.empty();
  name(spec, first.setup().config());
  entries_.push_back({.run = std::move(first), .spec = std::move(spec), .by_rule = by_rule});
}

Comparison::Comparison(Run first, std::vector<std::string>& refused, const GoesOn& goes_on)
    : Comparison(Run(first)) {
  for (const RunSpec& spec : first.origin().compare) try {
      add(spec, 0, goes_on);
    } catch (const InputError& error) {
      refused.push_back((spec.name.empty() ? "" : spec.name + ": ") + error.message());
    }
  opened_ = asked_beside();
  if (!opened_.empty()) describe();
}

// Writes the other runs into the scene of the first, so that saving the first saves all.
void Comparison::describe() {
  std::vector<RunSpec> beside;
  for (std::size_t i = 1; i < size(); ++i) {
    Entry& entry = entries_[i];
    const bool as_the_first = !entry.is_future() && entry.run.edits() == edits_for(entry.spec);
    entry.spec.edits.reset();
    if (!as_the_first) entry.spec.edits = entry.run.edits();
    beside.push_back(entry.spec);
  }
  const Entry& first = entries_.front();
  const bool by_its_rule = first.by_rule || first.spec.name == rule_label(first.run.setup().config());
  entries_.front().run.set_beside(std::move(beside), by_its_rule ? std::string() : first.spec.name,
                                  asked_beside() == opened_);
}

// The edits of a run whose spec lists none: those of the first, without keys that the run sets itself and
// without edits of the first one's state.
std::vector<Edit> Comparison::edits_for(const RunSpec& spec) const {
  std::vector<Edit> out;
  for (const Edit& edit : first().edits())
    if (!spec.says(edit.key) && !(edit.is_state() && edit.step > 0)) out.push_back(edit);
  return out;
}

// Gives a run the shortest of these that no other run has: the name of its rule, all its settings in words,
// or the name that it was given instead; the last of them with a number.
void Comparison::name(RunSpec& spec, const Config& config) const {
  std::vector<std::string> names;
  const bool given = !spec.name.empty();
  if (given) names.push_back(spec.name);
  if (!given && (spec.says(kRuleKey) || spec.settings.empty())) names.push_back(rule_label(config));
  if (!given && !spec.settings.empty()) names.push_back(settings_in_words(config, spec.settings));
  const std::string longest = names.back();
  for (std::size_t n = 2; n <= kMost + 1; ++n) names.push_back(longest + " (" + std::to_string(n) + ")");
  const auto is_taken = [&](const std::string& name) {
    return std::ranges::any_of(entries_, [&](const Entry& e) { return e.spec.name == name; });
  };
  spec.name = *std::ranges::find_if_not(names, is_taken);
}

int Comparison::free_mark() const {
  int mark = 0;
  while (std::ranges::any_of(entries_, [&](const Entry& e) { return e.mark == mark; })) ++mark;
  return mark;
}

Scene Comparison::scene_of(const RunSpec& spec) const {
  Scene scene = first().origin();
  scene.compare.clear();
  for (std::size_t i = 0; i < spec.settings.size(); ++i) {
    const Edit& setting = spec.settings[i];
    const SourcePosition at = i < spec.places.size() ? spec.places[i] : SourcePosition{};
    if (!scene.config.table().find(setting.key)) throw InputError(setting.key + ": unknown key", at);
    scene.config.set(setting.key, setting.value, at);
  }
  return scene;
}

// Computed up to the clock, and then as far as the first is known.
Run Comparison::made(const RunSpec& spec, const GoesOn& goes_on, const OnStep& on_step) const {
  Run run(scene_of(spec), first().shared_pool());
  const std::int64_t last =
      spec.is_future() ? spec.known : std::min(first().last_step(), clock_ + kFurthestAhead);
  const GoesOn watched = [&] { return on_step(run.state().step, last), !goes_on || goes_on(); };
  const auto go = [&](std::int64_t step) {
    if (!run.seek(step, watched)) throw InputError("the run was not added: its steps were ended");
  };
  for (const Edit& edit : spec.edits ? *spec.edits : edits_for(spec)) {
    go(edit.step);
    if (run.state().step != edit.step) break;  // it came to an end before
    try {
      run.apply(edit);
    } catch (const InputError&) {
      continue;  // of a model that this run does not have
    }
  }
  go(last);
  return run;
}

std::size_t Comparison::futures() const {
  return static_cast<std::size_t>(std::ranges::count_if(entries_, &Entry::is_future));
}

void Comparison::forget_oldest_future() {
  const auto oldest = std::ranges::find_if(entries_, &Entry::is_future);
  if (oldest != entries_.end()) entries_.erase(oldest);
}

std::size_t Comparison::add(RunSpec spec, std::int64_t best_after, const GoesOn& goes_on,
                            const OnStep& on_step) {
  if (!spec.is_future() && size() - futures() >= kMost)
    throw InputError("there may be at most " + std::to_string(kMost) + " runs");
  if (spec.best_rate && !spec.says(kRateKey)) {
    const Scene scene = scene_of(spec);
    name(spec, scene.config);
    const std::int64_t steps = best_after > 0 ? best_after : steps_to_try(scene.config);
    spec.settings.push_back({kRateKey, find_best_rate(scene, steps, *first().shared_pool(), goes_on), 0});
  }
  Run run = made(spec, goes_on, on_step);
  name(spec, run.setup().config());
  if (size() == kMost) forget_oldest_future();
  entries_.push_back({std::move(run), std::move(spec), free_mark()});
  go_to(entries_.back(), clock_);
  describe();
  return size() - 1;
}

void Comparison::remove(std::size_t i) {
  IEM_CHECK(i < size());
  if (size() == 1) return;
  if (i == 0) {
    const auto next = std::find_if_not(entries_.begin() + 1, entries_.end(),
                                       [](const Entry& entry) { return entry.is_future(); });
    make_first(next == entries_.end() ? 1 : static_cast<std::size_t>(next - entries_.begin()));
    i = 1;  // where the first is now
  }
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(i));
  set_clock(clock_);
  describe();
}

// Each spec is completed by the settings of the new first, so that no difference is lost.
void Comparison::make_first(std::size_t i) {
  IEM_CHECK(i < size());
  if (i == 0) return;
  const std::vector<Edit> said = entries_[i].spec.settings;
  for (Entry& entry : entries_)
    for (const Edit& edit : said)
      if (!entry.spec.says(edit.key))
        entry.spec.settings.push_back({edit.key, entry.run.origin().config.value(edit.key), 0});
  entries_.front().run.set_beside({});
  entries_[i].spec = {.name = entries_[i].spec.name};
  const auto begin = entries_.begin() + static_cast<std::ptrdiff_t>(i);
  std::rotate(entries_.begin(), begin, begin + 1);
  go_to(entries_.front(), clock_);
  describe();
}

void Comparison::set_draws(int times) {
  for (std::size_t i = 1; i < size(); ++i)
    if (!entries_[i].is_future()) entries_[i].spec.seeds = times;
  describe();
}

void Comparison::dismiss_others() {
  entries_.erase(entries_.begin() + 1, entries_.end());
  set_clock(clock_);
  describe();
}

void Comparison::dismiss_futures() {
  std::erase_if(entries_, [](const Entry& entry) { return entry.is_future(); });
  describe();
}

// Sets the clock to `most`, or to the furthest step any run has reached.
void Comparison::set_clock(std::int64_t most) {
  std::int64_t furthest = 0;
  for (const Entry& entry : entries_)
    if (!entry.is_future()) furthest = std::max(furthest, entry.run.state().step);
  clock_ = std::min(most, furthest);
}

StepResult Comparison::step() {
  const std::int64_t next = clock_ + 1;
  StepResult result = StepResult::non_finite;
  for (Entry& entry : entries_) {
    if (entry.is_future()) {
      go_to(entry, next);
      continue;
    }
    const StepResult one = advance(entry.run, next);
    if (one == StepResult::non_finite) continue;
    if (result == StepResult::non_finite || one == StepResult::stepped) result = one;
  }
  set_clock(next);
  return result;
}

bool Comparison::seek(std::int64_t step, const GoesOn& goes_on) {
  step = std::max<std::int64_t>(step, 0);
  const std::shared_ptr<ThreadPool> pool = first().shared_pool();
  const bool together = size() > 1 && (first().setup().data->size() <= kSmallData ||
                                       static_cast<int>(size()) >= pool->threads());
  std::vector<std::int64_t> before;
  for (const Entry& entry : entries_) before.push_back(entry.run.state().step);
  std::atomic<bool> arrived = true;
  const auto go = [&](std::int64_t i) {
    if (arrived && !go_to(entries_[static_cast<std::size_t>(i)], step, goes_on)) arrived = false;
  };
  try {
    if (!together) {
      for (std::size_t i = 0; i < size(); ++i) go(static_cast<std::int64_t>(i));
    } else {
      for (Entry& entry : entries_) entry.run.work_on(std::make_shared<ThreadPool>(1));
      pool->run(static_cast<std::int64_t>(size()), go);
      work_on(pool);
    }
  } catch (...) {
    work_on(pool);
    return_to(before);
    throw;
  }
  arrived ? set_clock(step) : return_to(before);
  return arrived;
}

// After a seek that has not come to its end. These steps are known, so that nothing is left that could fail;
// a run that fails nevertheless stays where it is.
void Comparison::return_to(const std::vector<std::int64_t>& steps) {
  for (std::size_t i = 0; i < size(); ++i) try {
      entries_[i].run.seek(steps[i]);
    } catch (const std::exception&) {
      continue;
    }
}

// What an edit of the first run changes beside it: the name that says its rule, and where it has discarded a
// future, that is kept, from the run as it was, as a run of its own.
void Comparison::follow_edit(const Entry& before) {
  Entry& edited = entries_.front();
  if (edited.by_rule) edited.spec.name.clear(), name(edited.spec, edited.run.setup().config());
  if (first().last_step() >= before.run.last_step()) return;
  if (futures() >= kMostFutures || size() == kMost) forget_oldest_future();
  if (size() == kMost) return;
  Entry future = before;
  future.run.set_beside({});
  future.mark = free_mark();
  future.spec = {.name = rule_label(before.run.setup().config()) + ", left at step " +
                         std::to_string(before.run.state().step),
                 .known = before.run.last_step()};
  entries_.push_back(std::move(future));
}

std::vector<std::string> Comparison::apply(const Edit& edit) {
  const bool in_first_alone = edit.is_state() && first().state().step > 0;
  const Entry before = entries_.front();
  entries_.front().run.apply(edit);
  std::vector<std::string> refused;
  for (std::size_t i = 1; i < size() && !in_first_alone; ++i) {
    Entry& entry = entries_[i];
    if (entry.is_future() || entry.spec.says(edit.key)) continue;
    try {
      entry.run.apply(edit);
    } catch (const InputError& error) {
      refused.push_back(entry.spec.name + ": " + error.message());
    }
  }
  follow_edit(before);
  describe();
  return refused;
}

void Comparison::apply_to(std::size_t i, const Edit& edit) {
  const Entry before = entries_.front();
  entries_.at(i).run.apply(edit);
  if (i == 0) follow_edit(before);
  describe();
}

Comparison Comparison::begun_again(Run fresh, std::vector<std::string>& refused, const Rates& rates) const {
  Comparison out(std::move(fresh));
  out.opened_ = opened_;
  Entry& leader = out.entries_.front();
  leader.mark = entries_.front().mark;
  leader.shown = entries_.front().shown;
  for (std::size_t i = 1; i < size(); ++i) {
    const Entry& entry = entries_[i];
    if (entry.is_future()) continue;
    RunSpec spec = from_here_on(entry, first());
    if (i < rates.size() && rates[i]) say(spec, {kRateKey, *rates[i], 0});
    try {
      Entry& again = out.entries_[out.add(std::move(spec))];
      again.mark = entry.mark;
      again.shown = entry.shown;
    } catch (const InputError& error) {
      refused.push_back(entry.spec.name + ": " + error.message());
    }
  }
  if (!opened_.empty()) out.describe();
  return out;
}

void Comparison::work_on(const std::shared_ptr<ThreadPool>& pool) {
  for (Entry& entry : entries_) entry.run.work_on(pool);
}

std::vector<ComparedRun> Comparison::compared(bool whole) const {
  std::vector<ComparedRun> out;
  for (std::size_t i = 1; i < size(); ++i) {
    const Entry& entry = entries_[i];
    const Run& run = entry.run;
    ComparedRun one = compared_run(run, entry.spec.name, entry.mark);
    one.kept = entry.is_future();
    one.shown = entry.shown;
    one.differs = settings_in_words(run.setup().config(), differences(run, first()));
    if (whole) one.whole = take_snapshot(run);
    out.push_back(std::move(one));
  }
  return out;
}

std::shared_ptr<Snapshot> take_snapshot(const Comparison& runs, bool whole) {
  std::shared_ptr<Snapshot> out = take_snapshot(runs.first());
  out->lanes = runs.compared(whole);
  if (!out->lanes.empty()) out->name = runs.entry(0).spec.name;
  out->mark = runs.entry(0).mark;
  out->doubt = runs.doubt();
  return out;
}

}  // namespace iem
