// The stage, the inspector's numbers and the formulas of a mixture of experts.
#pragma once

#include <string>
#include <vector>

#include "core/labs/classifier/figures/list.h"
#include "core/labs/classifier/model/experts.h"
#include "core/labs/kit/inspection.h"

namespace iem {

// experts_stage.cpp: points (x, y) coloured by r*, the lines with the noise about them, and in a strip below
// the shares of the gate over x.
Figure experts_stage_figure(const Snapshot& snapshot, const View& view);

// The x of the handles of line h: dragging its mark slides the line, dragging the ring near its end turns it
// about x = 0.
double mark_of_line(const Snapshot& snapshot, int h);
double ring_of_line(const Snapshot& snapshot);

// experts_inspection.cpp
Inspection inspect_expert_point(const Snapshot& snapshot, int point, int component);
Inspection inspect_expert(const Snapshot& snapshot, int h);
NumberLine energy_of_gate(const Snapshot& snapshot, int point, int h);
// The columns d_h, then c_h, with one row for each point.
Dump energies_of_experts(const Snapshot& snapshot);
// Slope, intercept and the gate's share of the points, of each expert.
std::vector<double> trail_of_lines(const Experts& model, const Theta& theta, const Evaluation& evaluation);

std::string energy_of_experts_tex(const Config& config);
std::string objective_of_experts_tex(const Config& config);
std::string sums_of_experts_tex(const Config& config);  // what the letters of the objective are
std::string em_of_experts_tex(const Config& config);

}  // namespace iem
