#include "core/atlas/plan.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace iem {

Eigen::Vector2d AtlasPlan::place(int column, int row) const {
  const auto at = [this](double lo, double hi, int cell) { return lo + (hi - lo) * (cell + 0.5) / side; };
  return {at(x0, x1, column), at(y0, y1, row)};
}

int AtlasPlan::components() const { return static_cast<int>(setup->model->layout().block("means").rows); }

Edit AtlasPlan::put(const Theta& theta, const Eigen::Vector2d& place) const {
  std::vector<NamedTensor> blocks = setup->model->natural(theta);
  Tensor means = std::ranges::find(blocks, "means", &NamedTensor::name)->tensor;
  const auto at = 2 * static_cast<std::size_t>(prototype);
  means.data[at] = place.x(), means.data[at + 1] = place.y();
  return {"state.means", means};
}

StopConditions AtlasPlan::stop() const {
  StopConditions stop(setup->config());
  if (stop.grad_norm == 0 && stop.loss_change == 0) stop.loss_change = kAtlasStop;
  return stop;
}

bool AtlasPlan::operator==(const AtlasPlan& other) const {
  const StopConditions a = stop(), b = other.stop();
  const auto same_temperatures = [&](const char* key) {
    return setup->config().real(key) == other.setup->config().real(key);
  };
  return setup->data == other.setup->data && setup->model == other.setup->model &&
         setup->optimizer == other.setup->optimizer && state.hash() == other.state.hash() &&
         prototype == other.prototype && side == other.side && x0 == other.x0 && x1 == other.x1 &&
         y0 == other.y0 && y1 == other.y1 && steps == other.steps && a.grad_norm == b.grad_norm &&
         a.loss_change == b.loss_change && same_temperatures("model.temperature") &&
         same_temperatures("schedule.temperature_decay") && same_temperatures("schedule.temperature_end");
}

StartRunner::StartRunner(const AtlasPlan& plan, GoesOn goes_on)
    : plan_(plan),
      goes_on_(std::move(goes_on)),
      stop_(plan.stop()) {
  const auto count = static_cast<std::size_t>(plan.steps) + 1;
  temperatures_.assign(count, plan.setup->temperature(plan.state.step));
  if (plan.setup->config().real("schedule.temperature_decay") == 1) return;
  for (std::size_t i = 1; i < count; ++i)
    temperatures_[i] = plan.setup->temperature(plan.state.step + static_cast<std::int64_t>(i));
}

// As the edit state.means does it (Run::apply).
RunState StartRunner::begin(const Eigen::Vector2d& place) const {
  RunState state = plan_.state;
  const Block& means = plan_.setup->model->layout().block("means");
  state.theta.segment<2>(means.offset + 2 * plan_.prototype) = place;
  plan_.setup->model->project(state.theta);
  state.optimizer_state.theta_edited(plan_.state.theta, state.theta);
  return state;
}

template <class Reached>
StartEnd StartRunner::go(const Eigen::Vector2d& place, const Reached& reached) {
  const Setup& setup = *plan_.setup;
  RunState state = begin(place), before;
  setup.model->evaluate(state.theta, temperatures_[0], *setup.data, {}, Wanted::bare_sums, alone_,
                        evaluation_);
  StartEnd end;
  if (examined(*setup.model, state, evaluation_)) end.fate = Fate::diverged;
  end.loss = evaluation_.loss;
  reached(state);
  while (end.fate == Fate::unsettled && end.steps < plan_.steps && goes_on()) {
    const auto step = static_cast<std::size_t>(end.steps);
    before = state;
    if (advance(setup, {temperatures_[step], temperatures_[step + 1]}, state, evaluation_, alone_,
                Wanted::bare_sums)) {
      state = before;
      end.fate = Fate::diverged;
      break;
    }
    if (stop_.met(evaluation_, end.loss) != StepResult::stepped) end.fate = Fate::settled;
    end.loss = evaluation_.loss;
    ++end.steps;
    reached(state);
  }
  end.state = std::move(state);
  return end;
}

StartEnd StartRunner::run_on(StartEnd end, std::int64_t steps) {
  constexpr double kRounding = 1e-13;  // of J
  const Setup& setup = *plan_.setup;
  double tau = setup.temperature(end.state.step);
  setup.model->evaluate(end.state.theta, tau, *setup.data, {}, Wanted::bare_sums, alone_, evaluation_);
  for (std::int64_t i = 0; i < steps && goes_on(); ++i) {
    const RunState before = end.state;
    const double next = setup.temperature(before.step + 1), loss = evaluation_.loss;
    if (advance(setup, {tau, next}, end.state, evaluation_, alone_, Wanted::bare_sums)) {
      end.state = before;
      break;
    }
    tau = next;
    end.loss = evaluation_.loss;
    if (std::abs(end.loss - loss) <= kRounding * std::max(1.0, std::abs(loss))) break;
  }
  return end;
}

StartEnd StartRunner::run(const Eigen::Vector2d& place) {
  return go(place, [](const RunState&) {});
}

std::vector<Eigen::Vector2d> StartRunner::way(const Eigen::Vector2d& place) {
  std::vector<Eigen::Vector2d> out;
  const Eigen::Index at = plan_.setup->model->layout().block("means").offset + 2 * plan_.prototype;
  go(place, [&](const RunState& state) { out.emplace_back(state.theta.segment<2>(at)); });
  return out;
}

}  // namespace iem
