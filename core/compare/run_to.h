// Takes a run to a step, and says why it ended there.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/run/run.h"

namespace iem {

// Callbacks on the way; each may be null.
struct OnTheWay {
  std::function<void()> at_state;           // at every state, the first one included
  std::function<bool()> goes_on = nullptr;  // asked before each step; false: it is interrupted
  std::function<void(double seconds)> after_step = nullptr;  // how long a step took
};

// Steps to `last`, or to a stop condition. Returns "steps", "grad_norm", "loss_change", "non_finite" (also of
// a state that is not finite itself) or "interrupted".
std::string run_to(Run& run, std::int64_t last, const OnTheWay& on_the_way);

}  // namespace iem
