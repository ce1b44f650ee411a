#include "app/gui/stage/phase_walk.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "imgui.h"

namespace iem::gui {
namespace {

constexpr double kPhasesPerSecond = 1.8;  // phases that the marks pass
constexpr double kLongestWalk_s = 0.9;    // of an animation, however many phases it passes
constexpr double kStepPatience_s = 5;     // how long a step is waited for
constexpr double kArrived = std::numeric_limits<double>::quiet_NaN();

// The point to follow where none is pinned: among at most kMostLooked points the one with the largest entropy
// of r.
int most_undecided(const Snapshot& snapshot) {
  constexpr Eigen::Index kMostLooked = 20'000;
  const Eigen::MatrixXd& r = snapshot.evaluation.responsibilities;
  int best = 0;
  double most = -1;
  const Eigen::Index stride = r.rows() / kMostLooked + 1;
  for (Eigen::Index i = 0; i < r.rows(); i += stride)
    if (const double spread = 1 - r.row(i).squaredNorm(); spread > most)
      most = spread, best = static_cast<int>(i);
  return best;
}

}  // namespace

int PhaseWalk::chosen(PanelContext& context) const {
  const std::vector<Phase>& phases = context.phases();
  const auto found = std::ranges::find(phases, context.view().chosen_phase(), &Phase::id);
  return found == phases.end() ? -1 : static_cast<int>(found - phases.begin());
}

// Shows a phase; its marks start from their present places.
void PhaseWalk::choose(PanelContext& context, int phase) {
  ViewState& view = context.view();
  if (phase >= 0 && view.shown_point(context.snapshot()) < 0)
    view.pin_point(most_undecided(context.snapshot()));
  const int before = chosen(context);
  if (std::isnan(view.phase) && before != phase) view.phase = before;
  if (phase < 0) view.phase = kArrived;
  view.choose_phase(phase < 0 ? "" : context.phases()[static_cast<std::size_t>(phase)].id);
}

void PhaseWalk::move(PanelContext& context, int direction) {
  const auto count = static_cast<int>(context.phases().size());
  if (count == 0 || awaited_) return;
  const int next = chosen(context) + direction;
  if (next >= 0 && next < count) return choose(context, next);
  const Snapshot& now = context.snapshot();
  if (direction < 0 && now.state.step == 0) return choose(context, -1);
  awaited_ = {direction > 0 ? 0 : count - 1, now.serial, now.state.step, ImGui::GetTime() + kStepPatience_s};
  context.engine().step(direction > 0 ? 1 : -1);
}

// Goes on after a step: the first phase of the next step starts on the bare stage, the last phase of the step
// before is shown complete.
void PhaseWalk::go_on(PanelContext& context) {
  const Snapshot& now = context.snapshot();
  if (!awaited_ || now.serial == awaited_->serial) return;
  const Awaited there = *awaited_;
  const bool may_come = !now.divergence && ImGui::GetTime() < there.until;
  if (now.state.step == there.step && may_come) return;  // the snapshot of something else
  awaited_.reset();
  const auto count = static_cast<int>(context.phases().size());
  if (now.state.step == there.step || there.phase >= count) {
    context.walks = false;
    return;
  }
  context.view().phase = there.phase == 0 ? -1 : kArrived;
  context.view().choose_phase(context.phases()[static_cast<std::size_t>(there.phase)].id);
}

void PhaseWalk::follow(PanelContext& context) {
  ViewState& view = context.view();
  if (opened_ != context.opened()) {
    opened_ = context.opened();
    awaited_.reset();
    context.walks = false;
    view.phase = kArrived;
  }
  go_on(context);
  if (!context.walks) next_ = 0;
  if (context.walks && !awaited_ && ImGui::GetTime() >= next_) {
    next_ = std::max(next_ + kPhaseSeconds, ImGui::GetTime());
    move(context, 1);
  }
  working_ = context.walks || awaited_.has_value() || !std::isnan(view.phase);
  if (std::isnan(view.phase)) return;
  const double target = chosen(context), left = target - view.phase;
  const double stride =
      std::max(kPhasesPerSecond, std::abs(left) / kLongestWalk_s) * ImGui::GetIO().DeltaTime;
  view.phase = std::abs(left) <= stride ? kArrived : view.phase + std::copysign(stride, left);
}

}  // namespace iem::gui
