// One update of the layer in phases: their numbers, how those come about, and what the stage shows of each.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/phases/phases.h"

namespace iem {

std::vector<Phase> layer_phases(const Snapshot& snapshot, int point);

// All of them, by id and label: choices of view.phase.
const std::vector<std::pair<std::string, std::string>>& layer_phase_names();

// Draws the phase in view on the stage of points in the plane.
void add_layer_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                     const PhaseInView& phases);

// Of stages of more inputs, where a unit is a picture or a row: how long the bar of each unit is, up to 1 in
// size, on its way from the phase before; empty where the phase has one number for all.
std::vector<double> lengths_of_units(const PhaseInView& phases);

}  // namespace iem
