// Checks of what a scene claims about itself.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/check/check.h"

namespace iem {

// One check `condition_1`, ... for each condition of the scene, and one for `look_for`, every number of which
// must have a value; none for a scene that states neither. Runs as many steps as the conditions ask for;
// throws EvaluationStopped when `stopped` returns true.
std::vector<CheckResult> run_condition_checks(const Scene& scene, const std::shared_ptr<ThreadPool>& pool,
                                              std::function<bool()> stopped = nullptr);

}  // namespace iem
