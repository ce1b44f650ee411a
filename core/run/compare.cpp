#include "core/run/compare.h"

#include "core/base/error.h"
#include "core/optimize/optimizer.h"

namespace iem {

std::vector<ComparedRun> compare_rules(const Run& run, const std::vector<std::string>& methods,
                                       std::int64_t steps) {
  std::vector<ComparedRun> lanes;
  for (const std::string& method : methods) {
    Run other = run;
    other.seek(0);
    if (other.setup().config().text("optimizer.method") == method) continue;
    try {
      other.apply({"optimizer.method", method, 0});
    } catch (const InputError&) {
      continue;
    }
    while (other.state().step < steps && other.step() != StepResult::non_finite) {}
    lanes.push_back({find_optimizer(method)->label, other.history(), path_of(other)});
  }
  return lanes;
}

}  // namespace iem
