// The mixture lab's figures: one pure function of a snapshot and a view for each.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/plane_stage.h"
#include "core/labs/mixture/model/keys.h"

namespace iem {

// In the order they are offered. Adding one: a function, and its line in list.cpp.
const std::vector<FigureType>& mixture_figures();

// The view keys that only this lab's figures have.
std::vector<Parameter> mixture_view_parameters();  // view.cpp

// An entry of theta as view.landscape_x names it: "means[1][0]" (prototype 1, first coordinate),
// "covariances[0][2]" (an entry of W: log W_00, W_10, log W_11), "weights[2]" (a logit). Nothing when the
// name is not of this form.
struct LandscapeEntry {
  std::string block;
  Eigen::Index row = 0, column = 0;
};
std::optional<LandscapeEntry> read_landscape_entry(const std::string& name);

// The next places of the means.
struct NextStep {
  const Theta* gradient = nullptr;  // of a rule with a learning rate: plain gradient descent at this rate
  const Theta* step = nullptr;      // the rule's own step, where it differs and is known in advance
};
NextStep next_step(const Snapshot& snapshot);

// The step that a solid arrow shows beside the step of EM. For a rule with a learning rate it is that of
// plain gradient descent at this rate, for a rule without one its own step; null under EM, whose own step is
// the step of EM.
struct SolidStep {
  const Theta* to = nullptr;  // of the snapshot
  bool of_gradient = false;
};
SolidStep solid_step(const Snapshot& snapshot);
// Its name within a sentence: "the gradient step", "the step of Hard EM"; empty where there is none.
std::string solid_step_words(const Snapshot& snapshot);

// gradient_field.cpp: -dJ/dmu_j for prototype j put at places all over the stage, as arrows. j is the
// prototype under the pointer, else the pinned one, else the first.
int gradient_field_of(const Snapshot& snapshot, const View& view);
void add_gradient_field(Panel& panel, const Snapshot& snapshot, const View& view);
// stage.cpp
Figure stage_figure(const Snapshot& snapshot, const View& view);
Figure pull_figure(const Snapshot& snapshot, const View& view);
Figure trajectory_figure(const Snapshot& snapshot, const View& view);
// curves.cpp
Figure loss_figure(const Snapshot& snapshot, const View& view);
Figure usage_figure(const Snapshot& snapshot, const View& view);
Figure entropy_figure(const Snapshot& snapshot, const View& view);
// responsibilities.cpp
Figure responsibilities_figure(const Snapshot& snapshot, const View& view);
// inspection.cpp
Figure preconditioner_figure(const Snapshot& snapshot, const View& view);
// activation.cpp
Figure activation_figure(const Snapshot& snapshot, const View& view);

// The line along which the activation is derived: from (x0, y0) in direction n, with t = x . n from t0 to t0
// + length. It is view.probe, or parallel to the first axis through the middle of the data where that is not
// set.
struct ProbeLine {
  double x0 = 0, y0 = 0, nx = 1, ny = 0, t0 = 0, length = 1;
};
ProbeLine probe_line(const Snapshot& snapshot, const View& view);

// bound.cpp
Figure bound_figure(const Snapshot& snapshot, const View& view);
// convergence.cpp
Figure convergence_figure(const Snapshot& snapshot, const View& view);
// landscape.cpp
Figure landscape_figure(const Snapshot& snapshot, const View& view);
// atlas.cpp
Figure atlas_figure(const Snapshot& snapshot, const View& view);
// simplex.cpp
Figure simplex_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
