#include "core/run/past.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "core/base/error.h"
#include "core/optimize/optimizer.h"
#include "core/run/comparison.h"
#include "core/run/run.h"

namespace iem {
namespace {

bool is_recorded(const Setup& setup, const Edit& edit) {
  const Parameter* parameter = edit.is_state() ? nullptr : setup.config().table().find(edit.key);
  return parameter == nullptr || changes_run(*parameter);
}

// What a step relies on, since the state may come from a file.
bool fits(const RunState& state, const Setup& setup) {
  const Eigen::Index size = setup.model->layout().size(), points = setup.data->size();
  const OptimizerState& memory = state.optimizer_state;
  const Epoch& epoch = memory.epoch;
  return state.theta.size() == size && state.theta.allFinite() &&
         (state.previous.size() == 0 || state.previous.size() == size) && memory.count >= 0 &&
         memory.count <= state.step &&
         std::ranges::all_of(memory.vectors, [&](const auto& each) { return each.size() == size; }) &&
         (epoch.points == 0 || epoch.points == points) && epoch.position >= 0 &&
         epoch.position <= epoch.points && epoch.batch >= 0;
}

}  // namespace

std::string Past::reason() const {
  std::lock_guard lock(mutex_);
  return standing_ == Standing::failed ? reason_ : std::string();
}

std::string Past::doubt() const {
  switch (standing()) {
    case Standing::here: return {};
    case Standing::coming: return "Not verified yet: the session of this run is still being replayed.";
    case Standing::parted: return "The replay of this run's session comes to another state.";
    case Standing::failed:
      return "Not verified: the session of this run cannot be replayed (" + reason() + ").";
    case Standing::left: break;
  }
  return "Not verified: the session of this run has not been replayed.";
}

bool Past::fill(Run replayed) {
  if (!replayed.state().same_bits(state_)) {
    part();
    return false;
  }
  std::lock_guard lock(mutex_);
  replayed_ = std::make_shared<const Run>(std::move(replayed));
  standing_ = Standing::here;
  return true;
}

void Past::part() {
  std::lock_guard lock(mutex_);
  if (standing_ != Standing::here) standing_ = Standing::parted;
}

void Past::fail(std::string reason) {
  std::lock_guard lock(mutex_);
  if (standing_ != Standing::coming && standing_ != Standing::left) return;
  reason_ = std::move(reason);
  standing_ = Standing::failed;
}

void Past::leave() {
  std::lock_guard lock(mutex_);
  if (standing_ == Standing::coming) standing_ = Standing::left;
}

std::shared_ptr<const Run> Past::replayed() const {
  if (standing_ != Standing::here) return nullptr;
  std::lock_guard lock(mutex_);
  return replayed_;
}

Run::Run(Scene scene, std::shared_ptr<ThreadPool> pool, Checkpoint checkpoint, std::size_t keyframe_bytes)
    : origin_(std::move(scene)),
      pool_(std::move(pool)),
      setup_(setup_after(origin_, checkpoint)),
      state_(std::move(checkpoint.state)),
      timeline_(keyframe_bytes),
      edits_(std::move(checkpoint.edits)) {
  const InputError misfit("the state is none of this run");
  if (state_.step < 1 || !fits(state_, *setup_)) throw misfit;
  evaluate();
  const StepInput input{*setup_->model, *setup_->data, evaluation_, temperature(), *pool_};
  const auto taken = [&](const RunState& state) {
    return setup_->optimizer->takes(state.optimizer_state, input);
  };
  if (divergence_ || !taken(state_)) throw misfit;
  history_.begin_at(state_.step, row(), trail());
  for (const RunState& state : checkpoint.before) {
    if (state.step >= state_.step || !fits(state, *setup_) || !taken(state)) throw misfit;
    timeline_.keep(state, setup_, false);
  }
  timeline_.keep(state_, setup_, true);
  first_step_ = state_.step;
  past_ = std::make_shared<Past>(state_, edits_.size(), std::move(checkpoint.hashes));
}

bool Run::take_past() {
  const std::shared_ptr<const Run> before = first_step_ > 0 ? past_->replayed() : nullptr;
  if (!before) return false;
  // Edits at the very step where the replay ends. One of a start changes its settings alone, and no row.
  bool changed = false, edited = false;
  for (const Edit& edit : std::span<const Edit>(edits_).subspan(past_->edits())) {
    changed |= edit.step == first_step_;
    edited |= edit.step == first_step_ && is_recorded(*setup_, edit);
  }
  Run whole = *before;
  whole.pool_ = pool_;
  for (const auto& [step, frame] : timeline_.frames())
    if (step > first_step_ || (changed && step == first_step_))
      whole.timeline_.keep(frame->state, frame->setup, frame->pinned);
  whole.load(timeline_.at_or_before(first_step_));
  if (edited) whole.record(true);
  // Rows before the first one that would be kept anyway are made again, so that what is kept is what would be
  // in a run that began at step 0.
  const std::int64_t kept = history_.kept_after(first_step_);
  if (kept > first_step_ + 1)
    while (whole.state_.step < kept && whole.step() != StepResult::non_finite) continue;
  whole.history_.append(history_, kept > first_step_ + 1 ? kept : first_step_);
  history_ = std::move(whole.history_);
  timeline_ = std::move(whole.timeline_);
  const std::int64_t here = state_.step;
  if (here < std::exchange(first_step_, 0)) {  // the state here came from the checkpoint, too
    load(timeline_.at_or_before(here));
    while (state_.step < here && step() != StepResult::non_finite) continue;
  }
  return true;
}

// What is edited before the checkpoint goes on from there, and its history with it.
void Run::require_past() {
  if (state_.step >= first_step_ || take_past()) return;
  if (past_->standing() == Past::Standing::coming)
    throw InputError("the steps before " + std::to_string(first_step_) +
                     " are still being replayed; they can be changed when that is done");
  replay_past({});
}

// The same for a run whose past nobody else replays, or not yet.
bool Run::replay_past(const GoesOn& goes_on) {
  const std::string before_it = "the steps before " + std::to_string(first_step_);
  const InputError lost(before_it + " are not those of this run: a replay comes to another state");
  if (past_->standing() == Past::Standing::parted) throw lost;
  std::optional<Run> before;
  try {
    if (past_->standing() == Past::Standing::failed) throw InputError(past_->reason());
    before.emplace(origin_, pool_);
    if (!go_through(*before, std::span<const Edit>(edits_).first(past_->edits()), first_step_, goes_on))
      return false;
  } catch (const InputError& error) {
    past_->fail(error.message());
    throw InputError(before_it + " cannot be replayed: " + error.message());
  }
  if (!past_->fill(std::move(*before))) throw lost;
  return take_past();
}

void Comparison::take_past() {
  for (Entry& entry : entries_) entry.run.take_past();
}

std::int64_t Comparison::first_kept_now() const {
  std::int64_t first = 0;
  for (const Entry& entry : entries_)
    if (entry.run.first_step() > 0 && entry.run.past()->standing() == Past::Standing::coming)
      first = std::max(first, entry.run.first_kept());
  return first;
}

std::string Comparison::doubt() const {
  for (const Entry& entry : entries_)
    if (std::string doubt = entry.run.doubt(); !doubt.empty()) return doubt;
  return {};
}

bool go_through(Run& run, std::span<const Edit> edits, std::int64_t last, const GoesOn& goes_on) {
  for (const Edit& edit : edits) {
    if (edit.step > last) break;
    if (!run.seek(edit.step, goes_on)) return false;
    if (run.state().step != edit.step) return true;
    run.apply(edit);
  }
  return run.seek(last, goes_on);
}

}  // namespace iem
