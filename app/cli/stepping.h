// Stepping a run as `run` and `sweep` do: edits on the way, until the target, a stop condition, a divergence
// or a signal.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/run/run.h"

namespace iem::cli {

struct TimedEdit {
  std::string text;  // as given after --at
  std::int64_t step = 0;
  Edit edit;
};

// STEP:key.path=VALUE, sorted by step; edits at one step keep their order.
std::vector<TimedEdit> parse_edits(const std::vector<std::string>& texts);

// Throws InputError for what can be known to be wrong before the first step: an unknown key, a value or a
// model that does not fit, a step that is never reached. Returns the run as it is set up after all of them:
// they are made on a copy, in their order and all at the present step.
Run rehearse_edits(const std::vector<TimedEdit>& edits, const Run& run, std::int64_t last);

// Throws InputError for a key that only matters at the start: in a run under way it would change nothing.
// `remedy` says where it can be given.
void refuse_start(const Config& config, const std::string& key, const std::string& remedy);
inline constexpr const char* kGiveTheScene = "give the scene of the saved run instead";

// Where a run ends: `steps` from here, else the scene's stop conditions, else 100 steps from here.
std::int64_t target_step(std::optional<std::int64_t> steps, const Run& run);

// Durations of steps, for their median; of a long run only every second, every fourth step and so on is kept.
class Durations {
 public:
  void add(double seconds);
  double median() const;  // 0 when there are none

 private:
  std::vector<double> seconds_;
  std::int64_t stride_ = 1, seen_ = 0;
};

struct Stepping {
  std::int64_t last = 0;
  std::vector<TimedEdit> edits;
  std::function<void()> on_state;  // called at every step reached, the first one included
  Durations* step_seconds = nullptr;
};

// Why it ended: steps | grad_norm | loss_change | non_finite | interrupted.
std::string step_through(Run& run, const Stepping& stepping);

// One line on standard error that is rewritten in place; silent when that is not a terminal.
class Progress {
 public:
  explicit Progress(bool wanted);
  ~Progress();
  void say(const std::string& line);  // at most ten times a second, and not in the first 0.3 s
  void say_done(const std::string& file, double done);    // how much of it is written, from 0 to 1
  void say_replay(std::int64_t step, std::int64_t last);  // progress of the replay of a saved run

 private:
  using Clock = std::chrono::steady_clock;
  bool on_, shown_ = false;
  Clock::time_point next_ = Clock::now() + std::chrono::milliseconds(300);
};

}  // namespace iem::cli
