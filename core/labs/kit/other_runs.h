// Other runs on the stage of one: where their prototypes are at the same step, and the ways they came.
#pragma once

#include <string>

#include "core/figure/figure.h"
#include "core/run/snapshot.h"

namespace iem {

// In the hues of the prototypes and in the dash of each run's curve; the prototypes hollow. Trails hold three
// numbers a prototype, the first two of which are its place (Problem::trail).
void add_other_runs(Figure& figure, Panel& panel, const Snapshot& snapshot);
// What a caption says of them; empty where there are none.
std::string other_runs_words(const Snapshot& snapshot);

}  // namespace iem
