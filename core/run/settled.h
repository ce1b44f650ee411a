// When compared runs count as settled: when J is within a tolerance of the lowest J that any of them reaches.
#pragma once

#include <cstdint>
#include <optional>

#include "core/run/snapshot.h"

namespace iem {

// The lowest finite J that is known of a run; infinity where there is none.
double lowest_loss(const History& history);

// J*: the lowest finite J that is known of the run and of those beside it; infinity where there is none.
double best_loss(const Snapshot& snapshot);

// The first kept step of a history with J - best below the tolerance, or nothing.
std::optional<std::int64_t> settled_at(const History& history, double best, double tolerance);

}  // namespace iem
