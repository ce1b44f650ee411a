// Stepping a run as `run` and `sweep` do: edits on the way, until the target, a stop condition, a divergence
// or Ctrl-C.
#pragma once

#include <chrono>
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

// Throws InputError for what can be known to be wrong before the first step: an unknown key, a value that
// does not fit, a step that is never reached.
void check_edits(const std::vector<TimedEdit>& edits, const Run& run, std::int64_t last);

// Where a run ends: `steps` from here, else the scene's stop conditions, else 100 steps from here.
std::int64_t target_step(std::optional<std::int64_t> steps, const Run& run);

struct Stepping {
  std::int64_t last = 0;
  std::vector<TimedEdit> edits;
  std::function<void()> on_state;  // called at every step reached, the first one included
  std::vector<double>* step_seconds = nullptr;
};

// Why it ended: steps | grad_norm | loss_change | non_finite | interrupted.
std::string step_through(Run& run, const Stepping& stepping);

// From here on the first Ctrl-C ends after the current step; a second one ends the program.
void catch_interrupts();
bool interrupted();

// One line on standard error that is rewritten in place; silent when that is not a terminal.
class Progress {
 public:
  explicit Progress(bool wanted);
  ~Progress();
  void say(const std::string& line);  // at most ten times a second, and not in the first 0.3 s

 private:
  using Clock = std::chrono::steady_clock;
  bool on_, shown_ = false;
  Clock::time_point next_ = Clock::now() + std::chrono::milliseconds(300);
};

}  // namespace iem::cli
