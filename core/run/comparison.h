// Several runs on one clock, with the same data and the same start, each with its own settings. All others
// are compared with the first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
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
  // Told before each step of a run that is being added where it is, and to which step it goes.
  using OnStep = std::function<void(std::int64_t step, std::int64_t last)>;

  struct Entry {
    Run run;
    RunSpec spec;  // named; its settings are its differences from the first
    int mark = 0;  // 0..kMost - 1: its hue and dash, which it keeps
    bool shown = true;
    bool by_rule = false;  // called after its rule, not by a name that it was given
    // A future that an edit of the first run has discarded: it takes no steps beyond those it has.
    bool is_future() const { return spec.is_future(); }
  };

  explicit Comparison(Run first);
  // `first` with the further runs of its scene (Scene::compare), as add() adds them. Messages about runs that
  // do not fit are added to `refused`.
  Comparison(Run first, std::vector<std::string>& refused, const GoesOn& goes_on = {});

  std::size_t size() const { return entries_.size(); }
  const Entry& entry(std::size_t i) const { return entries_.at(i); }
  const Run& run(std::size_t i) const { return entries_.at(i).run; }
  const Run& first() const { return entries_.front().run; }
  // The step of the comparison: each run is at this step, or at its last one if it has ended before.
  std::int64_t clock() const { return clock_; }
  // The first step that all runs reach, as far as somebody is replaying what comes before it.
  std::int64_t first_kept_now() const;
  std::string doubt() const;  // of the first run that has one (Run::doubt)

  // Adds a run: the scene of the first with these settings, then the edits of the first (except those of keys
  // the new run sets itself, and edits of the state after the start) and its own. It is computed up to the
  // clock, and then as far as the first is known. Bit for bit, it is the run that its scene and edits make
  // alone. If its spec asks for the best rate, that is found first over `best_after` steps (0: steps_to_try).
  // Returns its index. Throws InputError and changes nothing where a setting does not fit, there are kMost
  // runs already, futures not counted, or `goes_on` ended the steps it takes to the clock.
  std::size_t add(
      RunSpec spec, std::int64_t best_after = 0, const GoesOn& goes_on = {},
      const OnStep& on_step = [](std::int64_t, std::int64_t) {});
  // Removes a run. If it is the first, the next one becomes the first; the only run is not removed.
  void remove(std::size_t i);
  // Makes run `i` the first; the settings of the others become their differences from it.
  void make_first(std::size_t i);
  void show(std::size_t i, bool shown) { entries_.at(i).shown = shown; }
  // Sets how many draws are made of the other runs (RunSpec::seeds). It is saved with them and changes no
  // run.
  void set_draws(int times);
  // Removes all runs but the first.
  void dismiss_others();
  void dismiss_futures();

  // Takes over the steps before a checkpoint where a replay has put them there (Run::take_past).
  void take_past();

  // One step of every run; a run that has become non-finite stands still while the others go on. Returns
  // `stepped` as long as one of those that go on has not met its stop condition, and `non_finite` when none
  // goes on.
  StepResult step();
  // Takes all runs to this step, several at a time; a run that becomes non-finite on the way stays at its
  // last finite step. False where `goes_on` ended it. Then, and where one throws, all are where they were.
  bool seek(std::int64_t step, const GoesOn& goes_on = {});

  // Makes an edit at the present step in every run that does not set this key itself; an edit of the state
  // after the start is made in the first alone. If it discards a future of the first, that future is kept as
  // a run of its own. Returns the messages of other runs that refused it. Throws InputError and changes
  // nothing where the first refuses it.
  std::vector<std::string> apply(const Edit& edit);
  // Makes an edit in run `i` alone.
  void apply_to(std::size_t i, const Edit& edit);

  // The same runs beside another first run, all from their start, without futures and without runs that do
  // not fit; the messages of the latter are added to `refused`. `rates` holds the learning rates of the runs
  // by index; it may be shorter than the list of runs.
  Comparison begun_again(Run fresh, std::vector<std::string>& refused, const Rates& rates = {}) const;

  void work_on(const std::shared_ptr<ThreadPool>& pool);

  // All runs but the first, as a snapshot of the first holds them; with `whole` each has a snapshot of its
  // own.
  std::vector<ComparedRun> compared(bool whole = false) const;

 private:
  struct Asked {
    std::string name;
    int seeds = 1;
    std::vector<Edit> settings;
    std::optional<std::vector<Edit>> edits;
    bool operator==(const Asked&) const = default;
  };

  Scene scene_of(const RunSpec& spec) const;
  Run made(const RunSpec& spec, const GoesOn& goes_on, const OnStep& on_step) const;
  void name(RunSpec& spec, const Config& config) const;
  int free_mark() const;
  std::size_t futures() const;
  void forget_oldest_future();
  void follow_edit(const Entry& before);
  void set_clock(std::int64_t most);
  void return_to(const std::vector<std::int64_t>& steps);
  std::vector<Edit> edits_for(const RunSpec& spec) const;
  void describe();

  std::vector<Asked> asked_beside() const;

  std::vector<Entry> entries_;  // never empty
  std::vector<Asked> opened_;   // of the other runs when the first was opened, which restarts do not change
  std::int64_t clock_ = 0;
};

// A snapshot of the first that carries the others, for figures of all of them; of one run it is a snapshot of
// that alone. `whole` as in Comparison::compared.
std::shared_ptr<Snapshot> take_snapshot(const Comparison& runs, bool whole = false);

// Specs that repeat the first run under each of these rules that fits its model and is not its own rule.
std::vector<RunSpec> rule_specs(const Run& first, const std::vector<std::string>& methods);
// The same at the best rate of each (core/run/best_rate.h), where it has one.
std::vector<RunSpec> fair_rule_specs(const Run& first, const std::vector<std::string>& methods);

// "Adam, learning rate 0.05".
std::string settings_in_words(const Config& config, const std::vector<Edit>& settings);

}  // namespace iem
