// A figure of a run as it goes onto paper, whoever asks for it.
#pragma once

#include <string>

#include "core/config/config.h"
#include "core/figure/figure.h"
#include "core/run/snapshot.h"

namespace iem {

// The figure of this id as `paper` shows it, without its furniture.
Figure figure_on_paper(const std::string& id, const Snapshot& snapshot, const Config& paper);

}  // namespace iem
