// A map of starts: one prototype begins at many places, the others where they are, and the rule runs from
// each. What is to be run, and one of these runs.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/run/run.h"

namespace iem {

// J changes less than this in a step, where a scene has no stop condition of its own: the run has settled.
inline constexpr double kAtlasStop = 1e-7;  // nats

struct AtlasPlan {
  std::shared_ptr<const Setup> setup;  // of a mixture
  RunState state;                      // what everything but the prototype begins in
  int prototype = 0;                   // which one is put elsewhere, from 0
  int side = 64;                       // side x side places, the middles of as many cells of the ranges
  double x0 = 0, x1 = 1, y0 = 0, y1 = 1;
  std::int64_t steps = 150;  // at most so many from each start

  // The middle of a cell; row 0 lies at y0.
  Eigen::Vector2d place(int column, int row) const;
  int components() const;
  // The edit that puts the prototype to a place, in a state of this model.
  Edit put(const Theta& theta, const Eigen::Vector2d& place) const;
  // The stop conditions of the configuration, or else kAtlasStop. Its stop_steps is none of them: it says how
  // long the run that is shown goes on, and `steps` how long a start may take.
  StopConditions stop() const;
  // The same map: every run of it has the same bits.
  bool operator==(const AtlasPlan& other) const;
};

enum class Fate : std::uint8_t { settled, unsettled, diverged };

// The end of one start. Settled: the first state that meets a stop condition. Unsettled: the state after the
// last step. Diverged: the last state that is finite. It is, bit for bit, the state in which `iemlab run`
// ends, with the prototype put to the place (state.means) and these stop conditions.
struct StartEnd {
  Fate fate = Fate::unsettled;
  std::int64_t steps = 0;  // taken
  double loss = 0;
  RunState state;
};

// Runs starts of one plan, one after the other; each thread has one of its own. Where `goes_on` says no, the
// run under way ends after its step, and what it returns is no end.
class StartRunner {
 public:
  explicit StartRunner(const AtlasPlan& plan, GoesOn goes_on = {});
  StartEnd run(const Eigen::Vector2d& place);
  // The same run from where it has settled on: until a step changes J by no more than rounding does, or for
  // at most `steps`. What it had settled at may have been a place where it was slow.
  StartEnd run_on(StartEnd end, std::int64_t steps);
  // The ways of the prototype, its places from the start to the end.
  std::vector<Eigen::Vector2d> way(const Eigen::Vector2d& place);

 private:
  // Steps until the end; `reached` is called at each state.
  template <class Reached>
  StartEnd go(const Eigen::Vector2d& place, const Reached& reached);
  RunState begin(const Eigen::Vector2d& place) const;
  bool goes_on() const { return !goes_on_ || goes_on_(); }

  const AtlasPlan& plan_;
  GoesOn goes_on_;
  StopConditions stop_;
  std::vector<double> temperatures_;  // of steps plan.state.step .. + plan.steps
  ThreadPool alone_{1};
  Evaluation evaluation_;
};

}  // namespace iem
