// Curves over steps without their future: what is covered while somebody is asked to predict it.
#pragma once

#include <cstdint>

#include "core/figure/figure.h"

namespace iem {

// Takes away what the panels over steps of a figure show after `step`. Axes stay as they are, so that nothing
// moves when the rest comes back.
void forget_after(Figure& figure, std::int64_t step);

}  // namespace iem
