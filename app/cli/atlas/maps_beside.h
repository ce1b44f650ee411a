// The maps of several runs that stand beside each other in one figure.
#pragma once

#include <memory>
#include <vector>

#include "core/config/config.h"
#include "core/figure/figure.h"
#include "core/run/snapshot.h"

namespace iem::cli {

// The figure `atlas` of each snapshot, as its view asks for it. An optimum has the same name and colour in
// all of them, and a number of steps the same shade (core/atlas/slider.h). Where a run has no map, its figure
// says so.
std::vector<Figure> maps_beside(const std::vector<std::shared_ptr<const Snapshot>>& snapshots,
                                const std::vector<Config>& views);

}  // namespace iem::cli
