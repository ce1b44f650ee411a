// One update of the classifier in phases: r without the label, r* with it, the residual, and the movement of
// the classes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/phases/phases.h"

namespace iem {

std::vector<Phase> phases_of_point(const Snapshot& snapshot, int point);
// The phases of a mixture of experts: from the gate to the step of the lines.
std::vector<Phase> phases_of_experts(const Snapshot& snapshot, int point);

// The phases of both, by id and label: the choices of view.phase.
const std::vector<std::pair<std::string, std::string>>& classifier_phase_names();

// Draws the phase that is shown.
void add_class_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                     const PhaseInView& phases);
void add_expert_phase(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                      const PhaseInView& phases);

}  // namespace iem
