// Another draw of a run: of its start alone, or of everything its seed draws.
#pragma once

#include <string>

#include "core/run/scene.h"

namespace iem {

// The next seed of everything: data, start and mini-batches.
void draw_new_seed(Config& config);

// The next seed of the start alone; one that is given is drawn from here on. Returns what is to be said of
// that; empty: nothing.
std::string draw_new_start(Scene& scene);

// A start that the scene gives is drawn from here on, as it is in scenes that give none. Returns what is to
// be said; empty: the start was drawn already. Where a lab's start is never drawn nothing changes but what is
// said.
std::string draw_given_start(Scene& scene);

// Why there is no other start; empty: there is.
std::string new_start_unavailable(const Scene& scene);

}  // namespace iem
