// Checks of the program itself on a scene.
#pragma once

#include <cstdint>
#include <vector>

#include "core/check/check.h"

namespace iem {

// Runs the checks `threads`, `scrub` and `replay` over `steps` steps of a scene: the same bits for any number
// of threads, after seeking, and in a replay.
std::vector<CheckResult> run_program_checks(const Scene& scene, std::int64_t steps);

}  // namespace iem
