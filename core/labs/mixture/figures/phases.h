// One update of the mixture in phases: their numbers, the formulas of these, and their marks on the stage.
#pragma once

#include <vector>

#include "core/labs/kit/phases/phases.h"

namespace iem {

std::vector<Phase> mixture_phases(const Snapshot& snapshot, int point);

// All phases that some mixture has, by id and label: choices of view.phase.
const std::vector<std::pair<std::string, std::string>>& mixture_phase_names();

// Draws the phase that is shown.
void add_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
               const PhaseInView& phases);

}  // namespace iem
