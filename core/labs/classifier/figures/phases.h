// One update of the classifier in phases: without the label, with it, what is left, and who moves.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/phases/phases.h"

namespace iem {

std::vector<Phase> phases_of_point(const Snapshot& snapshot, int point);
// Where lines answer: from the gate to the step of the lines.
std::vector<Phase> phases_of_experts(const Snapshot& snapshot, int point);

// All of both, by id and label: choices of view.phase.
const std::vector<std::pair<std::string, std::string>>& classifier_phase_names();

// Draws the phase in view.
void add_class_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                     const PhaseInView& phases);
void add_expert_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                      const PhaseInView& phases);

}  // namespace iem
