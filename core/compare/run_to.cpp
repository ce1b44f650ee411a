#include "core/compare/run_to.h"

#include <chrono>

#include "core/run/fault.h"

namespace iem {
namespace {

const char* exit_name(StepResult result) {
  switch (result) {
    case StepResult::stepped: return "steps";
    case StepResult::grad_norm: return "grad_norm";
    case StepResult::loss_change: return "loss_change";
    case StepResult::non_finite: return "non_finite";
  }
  return "";
}

}  // namespace

std::string run_to(Run& run, std::int64_t last, const OnTheWay& on_the_way) {
  using Clock = std::chrono::steady_clock;
  StepResult result = StepResult::stepped;
  while (true) {
    if (on_the_way.at_state) on_the_way.at_state();
    if (is_broken(run)) return exit_name(StepResult::non_finite);
    if (result != StepResult::stepped) return exit_name(result);
    if (run.state().step >= last) return exit_name(StepResult::stepped);
    if (on_the_way.goes_on && !on_the_way.goes_on()) return "interrupted";
    const auto begin = Clock::now();
    result = run.step();
    if (on_the_way.after_step)
      on_the_way.after_step(std::chrono::duration<double>(Clock::now() - begin).count());
    if (result == StepResult::non_finite) return exit_name(result);
  }
}

}  // namespace iem
