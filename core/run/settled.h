// When compared runs count as settled: when J is within a tolerance of the lowest J that any of them reaches.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "core/run/snapshot.h"

namespace iem {

inline constexpr std::int64_t kEveryStep = std::numeric_limits<std::int64_t>::max();

// The lowest finite J that is known of a run up to a step; infinity where there is none.
double lowest_loss(const History& history, std::int64_t until = kEveryStep);

// J*: the lowest finite J that is known of the run and of those beside it; infinity where there is none.
double best_loss(const Snapshot& snapshot);

// The first kept step of a history from which J - best stays below the tolerance, up to the last kept step
// that is no later than `until`; nothing where that step is above it. Best is J*.
std::optional<std::int64_t> settled_at(const History& history, double best, double tolerance,
                                       std::int64_t until = kEveryStep);

}  // namespace iem
