// A scene's own claims, checked.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/check/check.h"

namespace iem {

// What the scene claims of itself: `condition_1`, ... and `look_for`, the sentence with its numbers, which
// must have values; none for a scene that states neither. Takes as many steps as the conditions name; throws
// EvaluationStopped where `stopped` says so.
std::vector<CheckResult> run_condition_checks(const Scene& scene, const std::shared_ptr<ThreadPool>& pool,
                                              std::function<bool()> stopped = nullptr);

}  // namespace iem
