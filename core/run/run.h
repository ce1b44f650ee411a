// One run: configuration, state, timeline and edits. Copying is cheap (history and keyframes are shared) and
// is forking.
//
//   evaluate -> optimise -> record, then edits that were made at the step just reached.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/history/history.h"
#include "core/model/evaluation.h"
#include "core/run/edit.h"
#include "core/run/past.h"
#include "core/run/run_state.h"
#include "core/run/scene.h"
#include "core/run/timeline.h"

namespace iem {

enum class StepResult : std::uint8_t { stepped, grad_norm, loss_change, non_finite };

// Where a run stops by itself: the keys schedule.stop_grad_norm and schedule.stop_loss_change, 0 where there
// is no such stop.
struct StopConditions {
  double grad_norm = 0, loss_change = 0;
  StopConditions() = default;
  explicit StopConditions(const Config& config);
  // What a step with this result has met, from J before it; else `stepped`.
  StepResult met(const Evaluation& evaluation, double loss_before) const;
};

// tau(t) = max(temperature_end, temperature * decay^t), the keys as numbers: they are asked for in every
// step.
struct Temperature {
  double begin = 1, end = 0, decay = 1;
  Temperature() = default;
  explicit Temperature(const Config& config);  // 1 throughout where the lab has none
  double at(std::int64_t step) const;
};

// What stays the same between two edits. Immutable and shared.
struct Setup {
  Scene scene;  // its config is the present one
  std::shared_ptr<const Dataset> data;
  std::shared_ptr<const Model> model;
  std::shared_ptr<const Optimizer> optimizer;
  Temperature tau = {};  // of the config
  StopConditions stop = {};

  const Config& config() const { return scene.config; }
  const Problem& problem() const { return *scene.problem; }
  double temperature(std::int64_t step) const { return tau.at(step); }
};

// Asked before each step of what may take long; false ends it.
using GoesOn = std::function<bool()>;

// Whether a change of the key changes anything in the run under way.
bool changes_run(const Parameter& parameter);

// A step that could not be taken because its result is not finite; the state stays at the step before.
struct Divergence {
  std::int64_t step = 0;    // the step that was tried
  std::string quantity;     // "means", "loss"
  int row = -1;             // of a block of parameters, the first that is not finite; -1: of another quantity
  bool undefined = false;   // it is NaN and not an infinity
  std::string reason = {};  // what the model says of a loss that is none (Model::why_no_loss); may be empty
};

// What is not finite in a state; nothing: all of it is.
std::optional<Divergence> examined(const Model& model, const RunState& state, const Evaluation& evaluation);

// One update and nothing else: `state`, whose evaluation is `evaluation`, becomes the next one with its own.
// `tau` are the temperatures at its step and at the next. Returns what is not finite then.
struct Temperatures {
  double now = 1, next = 1;
};
std::optional<Divergence> advance(const Setup& setup, Temperatures tau, RunState& state,
                                  Evaluation& evaluation, ThreadPool& pool, Wanted wanted = Wanted::sums);

class Run {
 public:
  // Makes data, model and initial state. Throws InputError.
  Run(Scene scene, std::shared_ptr<ThreadPool> pool, std::size_t keyframe_bytes = 64u << 20);

  // A run that begins at a checkpoint: of the steps before it knows what lies behind the earliest state that
  // the checkpoint has, without their history, until it takes its past. Throws InputError where a state is
  // none of a run of this scene after these edits.
  Run(Scene scene, std::shared_ptr<ThreadPool> pool, Checkpoint checkpoint,
      std::size_t keyframe_bytes = 64u << 20);

  // One step forward, or the reason why it was not taken: `non_finite` (see divergence()). The stop
  // conditions grad_norm and loss_change are reported after the step that met them.
  StepResult step();

  // Goes to `step` >= 0: back through keyframes, forwards by stepping; stops early at a divergence. A step
  // before first_kept() is reached by a replay from step 0. Throws InputError when that cannot be made or
  // comes to another state than the one this run began with. False where `goes_on` ended it on the way; a
  // replay that is ended leaves the run where it was.
  bool seek(std::int64_t step, const GoesOn& goes_on = {});

  // The first step that is known: 0 unless the run began at a checkpoint and has not taken its past.
  std::int64_t first_step() const { return first_step_; }
  // The first step that is reached without that past.
  std::int64_t first_kept() const { return timeline_.frames().begin()->first; }
  // Of a run that began at a checkpoint, also once all of it is known; else null.
  const std::shared_ptr<Past>& past() const { return past_; }
  // Why its states are not proven, in a sentence (Past::doubt); empty: they are what scene and edits lead to.
  std::string doubt() const { return first_step_ > 0 ? past_->doubt() : std::string(); }
  // Takes over the steps before, if a replay has put them there; false when nothing has changed.
  bool take_past();

  // Makes an edit at the present step. Steps after it are forgotten. Throws InputError and changes nothing if
  // it does not fit, or before first_step() while somebody replays the past.
  void apply(Edit edit);

  // Sets which runs its scene names beside it, and whether they are those that it was opened with; the run
  // itself does not change.
  void set_beside(std::vector<RunSpec> compare, std::string called = {}, bool as_opened = true) {
    origin_.compare = std::move(compare);
    origin_.called = std::move(called);
    beside_ = std::make_shared<const char>();
    beside_as_opened_ = as_opened;
  }
  // Another one each time they are set, which tells whether a copy has the same runs beside it; null before.
  const std::shared_ptr<const void>& beside() const { return beside_; }
  bool beside_as_opened() const { return beside_as_opened_; }

  // Uses these threads from now on; the bits are the same with any.
  void work_on(std::shared_ptr<ThreadPool> pool) { pool_ = std::move(pool); }

  const Setup& setup() const { return *setup_; }
  std::shared_ptr<const Setup> shared_setup() const { return setup_; }
  const RunState& state() const { return state_; }
  const Evaluation& evaluation() const { return evaluation_; }  // at state(), sums only
  double temperature() const { return setup_->temperature(state_.step); }
  const History& history() const { return history_; }
  History history_here() const;  // with the present step in it, also where that was thinned out
  const Timeline& timeline() const { return timeline_; }
  const std::vector<Edit>& edits() const { return edits_; }
  const std::optional<Divergence>& divergence() const { return divergence_; }
  std::int64_t last_step() const { return history_.size() - 1; }  // furthest step known
  ThreadPool& pool() const { return *pool_; }
  const std::shared_ptr<ThreadPool>& shared_pool() const { return pool_; }
  const Scene& origin() const { return origin_; }  // the scene as opened

 private:
  static std::shared_ptr<const Setup> setup_after(const Scene& origin, const Checkpoint& checkpoint);
  bool replay_past(const GoesOn& goes_on);
  void require_past();
  StepResult try_step();
  void evaluate();
  void record(bool keep = false);
  std::vector<double> row() const;
  std::vector<double> trail() const;
  History history_so_far() const;
  void load(const Keyframe& frame);
  void adopt_edits();
  void reconfigure(const Edit& edit);  // a key that changes nothing in the run under way
  void apply_to_state(const Edit& edit, RunState& state) const;
  std::shared_ptr<const Setup> with_setting(const Edit& edit, RunState& state) const;

  Scene origin_;
  std::shared_ptr<const void> beside_;
  bool beside_as_opened_ = true;
  std::shared_ptr<ThreadPool> pool_;
  std::shared_ptr<const Setup> setup_;
  RunState state_;
  Evaluation evaluation_;
  RunState state_before_;         // of the last step; kept so that a step need not make room for it
  Evaluation evaluation_before_;  // the same
  History history_;
  Timeline timeline_;
  std::vector<Edit> edits_;
  std::optional<Divergence> divergence_;
  std::shared_ptr<Past> past_;
  std::int64_t first_step_ = 0;
};

// Makes these edits at their steps, as far as `last`, and goes there; the edits end where the run does. False
// where `goes_on` ended it on the way. Throws InputError where an edit does not fit.
bool go_through(Run& run, std::span<const Edit> edits, std::int64_t last, const GoesOn& goes_on = {});

}  // namespace iem
