#include "core/run/snapshot.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/optimize/common.h"
#include "core/run/identity.h"
#include "core/run/problem.h"

namespace iem {
namespace {

// Where the rule goes next: the rule itself on a copy of the state (its random draws are part of the state).
Theta next_theta(const Run& run) {
  const Setup& setup = run.setup();
  RunState state = run.state();
  const StepInput input{*setup.model, *setup.data, run.evaluation(), run.temperature(), run.pool()};
  if (setup.data->size() == 0) return state.theta;
  setup.optimizer->step(input, state.theta, state.optimizer_state, state.batch_random);
  setup.model->project(state.theta);
  return state.theta;
}

// Steps with keyframes, thinned to what a scrub bar can show.
std::vector<std::int64_t> keyframe_ticks(const Run& run) {
  constexpr std::int64_t kMost = 50;
  std::int64_t spacing = run.timeline().spacing();
  while (run.last_step() / spacing > kMost) spacing *= 2;
  std::vector<std::int64_t> ticks;
  const std::int64_t first = (run.first_kept() + spacing - 1) / spacing * spacing;
  for (std::int64_t step = first; step <= run.last_step(); step += spacing) ticks.push_back(step);
  return ticks;
}

}  // namespace

// At most some 200 keyframes, evenly spread over the steps, and the last.
Path path_of(const Run& run) {
  constexpr std::int64_t kMost = 200;
  const auto& frames = run.timeline().frames();
  const std::int64_t stride = run.last_step() / kMost + 1;
  Path path;
  for (auto it = frames.begin(); it != frames.end(); it = frames.lower_bound(it->first + stride))
    path.push_back(it->second);
  if (path.back() != frames.rbegin()->second) path.push_back(frames.rbegin()->second);
  return path;
}

std::vector<const ComparedRun*> Snapshot::shown_lanes() const {
  std::vector<const ComparedRun*> out;
  for (const ComparedRun& lane : lanes)
    if (lane.shown) out.push_back(&lane);
  return out;
}

ComparedRun compared_run(const Run& run, std::string label, int mark) {
  return {.label = std::move(label),
          .history = run.history_here(),
          .path = path_of(run),
          .mark = mark,
          .setup = run.shared_setup(),
          .state = run.state(),
          .evaluation = run.evaluation(),
          .divergence = run.divergence()};
}

std::shared_ptr<Snapshot> take_snapshot(const Run& run, std::int64_t rows_limit) {
  auto out = std::make_shared<Snapshot>();
  Snapshot& s = *out;
  s.setup = run.shared_setup();
  s.state = run.state();
  s.temperature = run.temperature();
  s.evaluation = run.evaluation();
  const Model& model = s.model();
  const Eigen::Index k = s.evaluation.statistics.rows();
  if (k > 0 && s.data().size() * k <= rows_limit)
    model.evaluate(s.state.theta, s.temperature, s.data(), {}, Wanted::rows, run.pool(), s.evaluation);

  const Config& config = s.config();
  s.gradient_target = s.state.theta;
  Rates(config).descend(model.layout(), s.evaluation.gradient, s.gradient_target);
  const bool rows = s.evaluation.responsibilities.rows() > 0;  // too many points to sort for every picture
  if (model.em_unavailable().empty() && (rows || !model.em_needs_rows()))
    s.em_target = model.em_target(s.state.theta, s.temperature, s.data(), s.evaluation,
                                  config.real("optimizer.reg_covar"), run.pool());
  s.next = next_theta(run);
  s.identity = identity_sample(run, std::max<Eigen::Index>(16, 2048 / std::max<Eigen::Index>(k, 1)));
  s.exact = s.setup->problem().exact(run);
  s.detail = s.setup->problem().detail(run);

  s.history = run.history_here();
  s.keyframes = keyframe_ticks(run);
  s.first_step = run.first_step();
  s.first_kept = run.first_kept();
  s.past = run.past();
  s.doubt = run.doubt();
  s.path = path_of(run);
  s.edits = run.edits();
  s.beside = run.beside();
  s.beside_as_opened = run.beside_as_opened();
  s.divergence = run.divergence();
  s.diagnoses = s.setup->problem().diagnose(s);
  return out;
}

}  // namespace iem
