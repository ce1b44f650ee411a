// One update of the layer in phases: their numbers, the formulas of these, and their marks on the stage.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/phases/phases.h"

namespace iem {

std::vector<Phase> layer_phases(const Snapshot& snapshot, int point);

// All of them, by id and label: choices of view.phase.
const std::vector<std::pair<std::string, std::string>>& layer_phase_names();

// Draws the shown phase on the stage of points in the plane.
void add_layer_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                     const PhaseInView& phases);

// For stages with more inputs, where a unit is a picture or a row: the length of each unit's bar, -1 to 1, in
// transition from the phase before; empty where the phase has a single number.
std::vector<double> lengths_of_units(const PhaseInView& phases);

}  // namespace iem
