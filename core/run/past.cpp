#include "core/run/past.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/optimize/optimizer.h"
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
         std::ranges::all_of(memory.vectors, [&](const auto& each) { return each.size() == size; }) &&
         (epoch.points == 0 || epoch.points == points) && epoch.position >= 0 &&
         epoch.position <= epoch.points && epoch.batch >= 0;
}

}  // namespace

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

std::shared_ptr<const Run> Past::replayed() const {
  if (standing_ != Standing::here) return nullptr;
  std::lock_guard lock(mutex_);
  return replayed_;
}

Run::Run(Scene scene, std::shared_ptr<ThreadPool> pool, Checkpoint checkpoint, std::size_t keyframe_bytes)
    : origin_(std::move(scene)),
      pool_(std::move(pool)),
      setup_(setup_after(origin_, checkpoint.edits)),
      state_(std::move(checkpoint.state)),
      timeline_(keyframe_bytes),
      edits_(std::move(checkpoint.edits)) {
  const InputError misfit("the state is none of this run");
  if (state_.step < 1 || !fits(state_, *setup_)) throw misfit;
  evaluate();
  const StepInput input{*setup_->model, *setup_->data, evaluation_, temperature(), *pool_};
  if (divergence_ || !setup_->optimizer->takes(state_.optimizer_state, input)) throw misfit;
  history_.begin_at(state_.step, row(), trail());
  timeline_.keep(state_, setup_, true);
  past_ = std::make_shared<Past>(state_, edits_.size(), std::move(checkpoint.hashes));
}

std::int64_t Run::first_step() const { return past_ ? past_->state().step : 0; }

bool Run::take_past() {
  const std::shared_ptr<const Run> before = past_ ? past_->replayed() : nullptr;
  if (!before) return false;
  const std::int64_t begin = first_step();
  const bool edited = std::any_of(edits_.begin() + static_cast<std::ptrdiff_t>(past_->edits()), edits_.end(),
                                  [&](const Edit& e) { return e.step == begin && is_recorded(*setup_, e); });
  Run whole = *before;
  whole.pool_ = pool_;
  for (const auto& [step, frame] : timeline_.frames())
    if (step > begin || edited) whole.timeline_.keep(frame->state, frame->setup, frame->pinned);
  whole.load(*timeline_.frames().begin()->second);
  if (edited) whole.record(true);
  // Rows before the first one that would be kept anyway are made again, so that what is kept is what would be
  // in a run that began at step 0.
  const std::int64_t kept = history_.kept_after(begin);
  if (kept > begin + 1)
    while (whole.state_.step < kept && whole.step() != StepResult::non_finite) continue;
  whole.history_.append(history_, kept > begin + 1 ? kept : begin);
  history_ = std::move(whole.history_);
  timeline_ = std::move(whole.timeline_);
  past_.reset();
  return true;
}

// The same for a run whose past nobody else replays, or not yet.
void Run::replay_past() {
  const InputError lost("the steps before " + std::to_string(first_step()) +
                        " are not those of this run: a replay comes to another state");
  if (past_->standing() == Past::Standing::parted) throw lost;
  Run before(origin_, pool_);
  for (std::size_t i = 0; i < past_->edits(); ++i) {
    before.seek(edits_[i].step);
    before.apply(edits_[i]);
  }
  before.seek(first_step());
  if (!past_->fill(std::move(before))) throw lost;
  take_past();
}

}  // namespace iem
