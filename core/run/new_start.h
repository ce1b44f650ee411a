// Other random numbers for a run: for its start alone, or for everything that its seed determines.
#pragma once

#include <string>

#include "core/run/scene.h"

namespace iem {

// Sets the next seed, from which data, start and mini-batches are drawn.
void draw_new_seed(Config& config);

// Sets the next seed of the start alone; a start that the scene gives is drawn from now on. Returns a notice
// about that, or an empty string.
std::string draw_new_start(Scene& scene);

// A start that the scene gives is drawn from now on, as in scenes that give none. Returns a notice about it,
// empty where the start was drawn already. Where a lab never draws its start, nothing changes and the notice
// says so.
std::string draw_given_start(Scene& scene);

// One sentence why there is no other start; empty where there is.
std::string new_start_unavailable(const Scene& scene);

}  // namespace iem
