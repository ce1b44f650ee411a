// Several runs on one clock: the same data, the same start, each with settings of its own. The first is the
// one that all others are seen against.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/run/run.h"
#include "core/run/snapshot.h"

namespace iem {

class Comparison {
 public:
  static constexpr std::size_t kMost = 8;  // runs
  using Rates = std::vector<std::optional<double>>;

  struct Entry {
    Run run;
    RunSpec spec;  // named; its settings are what was said of it, against the first
    int mark = 0;  // 0..kMost - 1: its hue and dash, which it keeps
    bool shown = true;
    // A future that was left behind: it goes nowhere beyond the steps it knows.
    bool is_future() const { return spec.is_future(); }
  };

  explicit Comparison(Run first);
  // With the runs its scene sets beside it (Scene::compare). What those said that do not fit goes to
  // `refused`.
  Comparison(Run first, std::vector<std::string>& refused);

  std::size_t size() const { return entries_.size(); }
  const Entry& entry(std::size_t i) const { return entries_.at(i); }
  const Run& run(std::size_t i) const { return entries_.at(i).run; }
  const Run& first() const { return entries_.front().run; }
  // The step that all are at which have come so far.
  std::int64_t clock() const { return clock_; }

  // Sets a run beside the others: the first one's scene with these settings, then the first one's edits (but
  // those of keys it says itself, and of the state after the start) and its own, up to the clock and then as
  // far as the first is known. It is the run that its own scene and edits make alone, bit for bit. Its best
  // rate is found first, where that is wanted, over so many steps (0: steps_to_try). Throws InputError and
  // changes nothing where a setting does not fit, or there are kMost runs that are no futures. Returns its
  // place.
  std::size_t add(RunSpec spec, std::int64_t best_after = 0);
  // The next one is the first where the first goes; the last one stays.
  void remove(std::size_t i);
  // What the others say becomes what they say against it.
  void make_first(std::size_t i);
  void show(std::size_t i, bool shown) { entries_.at(i).shown = shown; }
  // How often the others say that they are drawn (RunSpec::seeds): saved with them, and no change of a run.
  void set_draws(int times);
  // Only the first is left.
  void dismiss_others();
  void dismiss_futures();

  // One step of every run. One that has become non-finite stands still; the others go on. `stepped` as long
  // as one of those that go on has not met its stop condition; `non_finite`: none goes on.
  StepResult step();
  // All to this step, several at a time; a run that becomes non-finite on the way stays before it.
  void seek(std::int64_t step);

  // An edit at the clock, in every run that does not say this key itself; of the state, after the start, in
  // the first alone. Where it throws away a future of the first, that is kept as a run of its own. Throws
  // InputError where the first refuses it, and changes nothing. Returns what others said that refused it.
  std::vector<std::string> apply(const Edit& edit);
  // In one run alone.
  void apply_to(std::size_t i, const Edit& edit);

  // The same runs beside another first, which begins: without futures, and without those that do not fit it.
  // Adds to `refused` what those said. `rates`: learning rates that they get, by place; it may be shorter.
  Comparison begun_again(Run fresh, std::vector<std::string>& refused, const Rates& rates = {}) const;

  void work_on(const std::shared_ptr<ThreadPool>& pool);

  // All but the first, for a snapshot of the first. `whole`: each with a snapshot of its own.
  std::vector<ComparedRun> compared(bool whole = false) const;

 private:
  Scene scene_of(const RunSpec& spec) const;
  Run made(const RunSpec& spec) const;
  void name(RunSpec& spec, const Config& config) const;
  int free_mark() const;
  std::size_t futures() const;
  void forget_oldest_future();
  void keep_future(const Entry& before);
  void set_clock(std::int64_t most);
  std::vector<Edit> edits_for(const RunSpec& spec) const;
  void describe();

  std::vector<Entry> entries_;  // never empty
  std::int64_t clock_ = 0;
};

// The first alone under each of these rules that fits its model and is not its own.
std::vector<RunSpec> rule_specs(const Run& first, const std::vector<std::string>& methods);
// The same at the best rate of each (core/run/best_rate.h), where it has one.
std::vector<RunSpec> fair_rule_specs(const Run& first, const std::vector<std::string>& methods);

// "Adam, learning rate 0.05".
std::string settings_in_words(const Config& config, const std::vector<Edit>& settings);

}  // namespace iem
