// The keys of the view: what is looked at and how, and nothing of the run.
#pragma once

#include "core/config/config.h"

namespace iem {

// Gives `config` those that `view` has, also where that is the default. Both of the same lab.
void take_view_keys(Config& config, const Config& view);

}  // namespace iem
