#include "core/run/comparison.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/optimize/optimizer.h"
#include "core/run/run_words.h"

namespace iem {
namespace {

constexpr std::size_t kMostFutures = 3;
// How far beyond the clock a run that is added follows what is known of the first.
constexpr std::int64_t kFurthestAhead = 1000;
// Of so few numbers in a pass the runs are worked on at the same time, rather than the pieces of each.
constexpr Eigen::Index kSmallData = 20'000;

constexpr const char* kMethod = "optimizer.method";

bool says(const RunSpec& spec, std::string_view key) {
  return std::ranges::any_of(spec.settings, [&](const Edit& e) { return e.key == key; });
}

void go_to(Comparison::Entry& entry, std::int64_t step) {
  entry.run.seek(entry.kept ? std::min(step, entry.run.last_step()) : step);
}

// Takes an entry by steps to `step`, so that stop conditions are heard of.
StepResult advance(Comparison::Entry& entry, std::int64_t step) {
  StepResult result = StepResult::stepped;
  while (!entry.run.divergence() && entry.run.state().step < step) result = entry.run.step();
  return entry.run.divergence() ? StepResult::non_finite : result;
}

}  // namespace

Comparison::Comparison(Run first) {
  clock_ = first.state().step;
  RunSpec spec;
  name(spec, first.setup().config());
  entries_.push_back({std::move(first), std::move(spec)});
}

// The shortest of its names that no other run has: its rule's, all that is said of it, that with a number.
void Comparison::name(RunSpec& spec, const Config& config) const {
  if (!spec.name.empty()) return;
  std::vector<std::string> names;
  if (says(spec, kMethod) || spec.settings.empty()) names.push_back(rule_label(config));
  if (!spec.settings.empty()) names.push_back(settings_in_words(config, spec.settings));
  for (std::size_t n = 2; n <= kMost + 1; ++n) names.push_back(names.back() + " (" + std::to_string(n) + ")");
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

Run Comparison::made(const RunSpec& spec) const {
  Scene scene = first().origin();
  for (const Edit& setting : spec.settings) {
    if (!scene.config.table().find(setting.key)) throw InputError(setting.key + ": unknown key");
    scene.config.set(setting.key, setting.value);
  }
  Run run(std::move(scene), first().shared_pool());
  for (const Edit& edit : first().edits()) {
    if (says(spec, edit.key) || (edit.is_state() && edit.step > 0)) continue;
    run.seek(edit.step);
    if (run.state().step != edit.step) break;  // it came to an end before
    try {
      run.apply(edit);
    } catch (const InputError&) {
      continue;  // of a model that this run does not have
    }
  }
  return run;
}

std::size_t Comparison::futures() const {
  return static_cast<std::size_t>(std::ranges::count_if(entries_, &Entry::kept));
}

void Comparison::forget_oldest_future() {
  const auto oldest = std::ranges::find_if(entries_, &Entry::kept);
  if (oldest != entries_.end()) entries_.erase(oldest);
}

std::size_t Comparison::add(RunSpec spec) {
  if (size() - futures() >= kMost)
    throw InputError("there may be at most " + std::to_string(kMost) + " runs");
  Run run = made(spec);
  name(spec, run.setup().config());
  const std::int64_t known = std::min(first().last_step(), clock_ + kFurthestAhead);
  run.seek(known);
  run.seek(clock_);
  if (size() == kMost) forget_oldest_future();
  entries_.push_back({std::move(run), std::move(spec), free_mark()});
  return size() - 1;
}

void Comparison::remove(std::size_t i) {
  IEM_CHECK(i < size());
  if (size() == 1) return;
  if (i == 0) {
    const auto next =
        std::find_if_not(entries_.begin() + 1, entries_.end(), [](const Entry& e) { return e.kept; });
    i = next == entries_.end() ? 1 : static_cast<std::size_t>(next - entries_.begin());
    make_first(i);
    i = 1;  // where the first is now
  }
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(i));
  set_clock(clock_);
}

// What each says is completed by what the new first says, so that no difference is lost.
void Comparison::make_first(std::size_t i) {
  IEM_CHECK(i < size());
  if (i == 0) return;
  const std::vector<Edit> said = entries_[i].spec.settings;
  for (Entry& entry : entries_)
    for (const Edit& edit : said)
      if (!says(entry.spec, edit.key))
        entry.spec.settings.push_back({edit.key, entry.run.origin().config.value(edit.key), 0});
  entries_[i].spec.settings.clear();
  entries_[i].kept = false;
  const auto begin = entries_.begin();
  std::rotate(begin, begin + static_cast<std::ptrdiff_t>(i), begin + static_cast<std::ptrdiff_t>(i) + 1);
  go_to(entries_.front(), clock_);
}

void Comparison::dismiss_others() {
  entries_.erase(entries_.begin() + 1, entries_.end());
  set_clock(clock_);
}

void Comparison::dismiss_futures() { std::erase_if(entries_, &Entry::kept); }

// No further than one of the runs has come.
void Comparison::set_clock(std::int64_t most) {
  std::int64_t furthest = 0;
  for (const Entry& entry : entries_)
    if (!entry.kept) furthest = std::max(furthest, entry.run.state().step);
  clock_ = std::min(most, furthest);
}

StepResult Comparison::step() {
  const std::int64_t next = clock_ + 1;
  StepResult result = StepResult::non_finite;
  for (Entry& entry : entries_) {
    if (entry.kept) {
      go_to(entry, next);
      continue;
    }
    const StepResult one = advance(entry, next);
    if (one == StepResult::non_finite) continue;
    if (result == StepResult::non_finite || one == StepResult::stepped) result = one;
  }
  set_clock(next);
  return result;
}

void Comparison::seek(std::int64_t step) {
  step = std::max<std::int64_t>(step, 0);
  const std::shared_ptr<ThreadPool> pool = first().shared_pool();
  const bool together = size() > 1 && (first().setup().data->size() <= kSmallData ||
                                       static_cast<int>(size()) >= pool->threads());
  if (!together) {
    for (Entry& entry : entries_) go_to(entry, step);
  } else {
    for (Entry& entry : entries_) entry.run.work_on(std::make_shared<ThreadPool>(1));
    pool->run(static_cast<std::int64_t>(size()),
              [&](std::int64_t i) { go_to(entries_[static_cast<std::size_t>(i)], step); });
    work_on(pool);
  }
  set_clock(step);
}

// Of the first, as it was before an edit took its future away.
void Comparison::keep_future(const Entry& before) {
  if (first().last_step() >= before.run.last_step()) return;
  if (futures() >= kMostFutures || size() == kMost) forget_oldest_future();
  if (size() == kMost) return;
  Entry future = before;
  future.kept = true;
  future.mark = free_mark();
  future.spec = {
      rule_label(before.run.setup().config()) + ", left at step " + std::to_string(before.run.state().step),
      {}};
  entries_.push_back(std::move(future));
}

std::vector<std::string> Comparison::apply(const Edit& edit) {
  const bool in_first_alone = edit.is_state() && first().state().step > 0;
  const Entry before = entries_.front();
  entries_.front().run.apply(edit);
  std::vector<std::string> refused;
  for (std::size_t i = 1; i < size() && !in_first_alone; ++i) {
    Entry& entry = entries_[i];
    if (entry.kept || says(entry.spec, edit.key)) continue;
    try {
      entry.run.apply(edit);
    } catch (const InputError& error) {
      refused.push_back(entry.spec.name + ": " + error.message());
    }
  }
  keep_future(before);
  return refused;
}

void Comparison::apply_to(std::size_t i, const Edit& edit) {
  if (i > 0) return entries_.at(i).run.apply(edit);
  const Entry before = entries_.front();
  entries_.front().run.apply(edit);
  keep_future(before);
}

Comparison Comparison::begun_again(Run first, std::vector<std::string>& refused) const {
  Comparison out(std::move(first));
  Entry& leader = out.entries_.front();
  leader.mark = entries_.front().mark;
  leader.shown = entries_.front().shown;
  for (std::size_t i = 1; i < size(); ++i) {
    const Entry& entry = entries_[i];
    if (entry.kept) continue;
    try {
      Entry& fresh = out.entries_[out.add(entry.spec)];
      fresh.mark = entry.mark;
      fresh.shown = entry.shown;
    } catch (const InputError& error) {
      refused.push_back(entry.spec.name + ": " + error.message());
    }
  }
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
    ComparedRun one;
    one.label = entry.spec.name;
    one.history = run.history_here();
    one.path = path_of(run);
    one.mark = entry.mark;
    one.kept = entry.kept;
    one.shown = entry.shown;
    one.settings = entry.spec.settings;
    one.differs =
        settings_in_words(run.setup().config(), differences(run.setup().config(), first().setup().config()));
    one.setup = run.shared_setup();
    one.state = run.state();
    one.evaluation = run.evaluation();
    one.edits = run.edits();
    one.divergence = run.divergence();
    if (whole) one.whole = take_snapshot(run);
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<RunSpec> rule_specs(const Run& first, const std::vector<std::string>& methods) {
  std::vector<RunSpec> out;
  const Config& config = first.setup().config();
  for (const std::string& method : methods) {
    const OptimizerType* type = find_optimizer(method);
    if (!type || method == config.text(kMethod) || !type->unavailable(*first.setup().model).empty()) continue;
    const Parameter& key = *config.table().find(kMethod);
    if (std::ranges::find(key.choices, method) == key.choices.end()) continue;
    out.push_back({type->label, {{kMethod, method, 0}}});
  }
  return out;
}

}  // namespace iem
