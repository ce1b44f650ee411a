// Keys that all labs share: seeds, schedule, view.
#pragma once

#include <vector>

#include "core/scene/parameter.h"

namespace iem {

std::vector<Parameter> seed_parameters();      // seed, seeds.data, seeds.init, seeds.batch
std::vector<Parameter> schedule_parameters();  // schedule.*
std::vector<Parameter> stage_parameters();     // view.*: of labs with a stage in the plane

}  // namespace iem
