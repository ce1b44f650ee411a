// Turns painted, pasted or imported points into edits: they become points of the scene itself (data.source =
// "inline"), so that a session contains them.
#pragma once

#include <vector>

#include "core/config/config.h"
#include "core/data/dataset.h"
#include "core/run/edit.h"
#include "core/run/scene.h"

namespace iem {

// The title and description of a scene are about its own points. With other points (a file, a source) the
// scene is named after those and has no description; with its own points again both come back from `origin`,
// the scene as written.
void name_by_points(Scene& scene, const Scene& origin);

// The edits that make `data` the points of a run with this configuration, in an order in which each is legal
// by itself, since a session replays them one by one. The points are taken as they are shown: standardising
// is switched off, and held-out points are included again.
std::vector<Edit> inline_points(const Dataset& data, const Config& config);

}  // namespace iem
