// The figure `atlas`: for every place of the stage, which optimum one prototype leads to that starts there
// (core/atlas/atlas.h).
#pragma once

#include <string>
#include <vector>

#include "core/atlas/atlas.h"
#include "core/labs/mixture/figures/list.h"

namespace iem {

// What the view asks for: its prototype (at most the last), range, places along an axis and steps. Where
// nothing keeps the atlas (View::atlases) and the places are not said, there are as many as a figure can
// afford.
AtlasPlan atlas_plan(const Snapshot& snapshot, const View& view);

// Whether it has places enough for a map.
bool is_map(const AtlasPlan& plan);

// One sentence why this configuration has no such map; empty where it has.
std::string no_atlas(const Config& config);

// The keys view.atlas_*.
std::vector<Parameter> atlas_parameters();

}  // namespace iem
