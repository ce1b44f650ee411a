// The same run under other learning rules.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/run/snapshot.h"

namespace iem {

// From the start of `run`, with the settings it had there, `steps` steps of each rule; one that does not
// apply or is the run's own is left out, one whose steps become non-finite ends there.
std::vector<ComparedRun> compare_rules(const Run& run, const std::vector<std::string>& methods,
                                       std::int64_t steps);

}  // namespace iem
