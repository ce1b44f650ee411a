// Points that somebody has painted, pasted or taken from elsewhere, as edits: they become those of the scene
// itself (data.source = "inline"), so that a session carries them.
#pragma once

#include <vector>

#include "core/config/config.h"
#include "core/data/dataset.h"
#include "core/run/edit.h"
#include "core/run/scene.h"

namespace iem {

// A scene's words speak of its points. With others (a file, a source) they would be false: it is named after
// those and says nothing else; with its own again they come back from `origin`, the scene as written.
void name_by_points(Scene& scene, const Scene& origin);

// What makes `data` the points of a run with this configuration. In an order in which every single edit is
// legal too: a session replays them one by one. The points are taken as they are seen: standardising ends,
// and points that were held out are back.
std::vector<Edit> inline_points(const Dataset& data, const Config& config);

}  // namespace iem
