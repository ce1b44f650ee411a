// The program checked on a scene.
#pragma once

#include <cstdint>
#include <vector>

#include "core/check/check.h"

namespace iem {

// The program's own promises on a scene: `threads`, `scrub`, `replay` over `steps` steps.
std::vector<CheckResult> run_program_checks(const Scene& scene, std::int64_t steps);

}  // namespace iem
