// A figure of a run as it goes onto paper, whoever asks for it.
#pragma once

#include <memory>
#include <string>

#include "core/config/config.h"
#include "core/figure/figure.h"
#include "core/run/snapshot.h"

namespace iem {

class ArrowScale;  // core/figure/arrow_scale.h

// The figure of this id as `paper` shows it, without its furniture. `arrows`: as in View.
Figure figure_on_paper(const std::string& id, const Snapshot& snapshot, const Config& paper,
                       const std::shared_ptr<ArrowScale>& arrows = nullptr);

}  // namespace iem
