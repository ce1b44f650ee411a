// The marks of a stage that show where the next step leads: what is covered while somebody is asked to
// predict it.
#pragma once

#include "core/figure/figure.h"

namespace iem {

// Arrows of steps and gradients, threads and pulls, hollow targets, the handle of lambda and the names at
// them.
bool tells_next_step(const Mark& mark);

// The panel without them.
Panel without_next_step(const Panel& panel);

}  // namespace iem
