// The mixture lab's figures: pure functions of a snapshot and a view, one a figure.
#pragma once

#include <utility>
#include <vector>

#include "core/lab/figure_parts.h"
#include "core/model/mixture.h"

namespace iem {

// In the order they are offered. Adding one: a function, and its line in mixture_figures.cpp.
const std::vector<LabFigure>& mixture_figures();

inline const Mixture& mixture_of(const Snapshot& snapshot) {
  return static_cast<const Mixture&>(snapshot.model());
}

// A coordinate's range on the stage: as the view says, else the data with a margin.
std::pair<double, double> stage_range(const Snapshot& snapshot, const View& view, int axis);

// An axis named as the data names it.
Axis data_axis(const Snapshot& snapshot, int axis, std::pair<double, double> range);

// Is one unit as long on both axes? As the view says; else unless the points come from outside and reach more
// than five times as far along one axis as along the other.
bool has_equal_aspect(const Snapshot& snapshot, const View& view);

// The pinned point's index, or -1.
int pinned_point(const Snapshot& snapshot, const View& view);

// The step that a solid arrow shows beside the way of EM: of a rule with a learning rate that of plain
// gradient descent at this rate, of a rule without one its own; null under EM, whose step is the way of EM.
struct SolidStep {
  const Theta* to = nullptr;  // of the snapshot
  bool of_gradient = false;
};
SolidStep solid_step(const Snapshot& snapshot);
// What it is, in the middle of a sentence: "the gradient step", "the step of Hard EM"; empty where there is
// none.
std::string solid_step_words(const Snapshot& snapshot);

// mixture_gradient_field.cpp: -dJ/dmu_j for prototype j put at places all over the stage, as arrows. j is the
// prototype under the pointer, else the pinned one, else the first.
int gradient_field_of(const Snapshot& snapshot, const View& view);
void add_gradient_field(Panel& panel, const Snapshot& snapshot, const View& view);
// mixture_stage.cpp
Figure stage_figure(const Snapshot& snapshot, const View& view);
Figure pull_figure(const Snapshot& snapshot, const View& view);
Figure trajectory_figure(const Snapshot& snapshot, const View& view);
// mixture_curves.cpp
Figure loss_figure(const Snapshot& snapshot, const View& view);
Figure usage_figure(const Snapshot& snapshot, const View& view);
Figure entropy_figure(const Snapshot& snapshot, const View& view);
// mixture_identity.cpp
Figure identity_figure(const Snapshot& snapshot, const View& view);
Figure responsibilities_figure(const Snapshot& snapshot, const View& view);
// mixture_inspection.cpp
Figure preconditioner_figure(const Snapshot& snapshot, const View& view);
// mixture_activation.cpp
Figure activation_figure(const Snapshot& snapshot, const View& view);

// The line along which it is derived: from (x0, y0) in direction n, t = x . n from t0 to t0 + length. As the
// view says, else along the first axis through the middle of the data.
struct ProbeLine {
  double x0 = 0, y0 = 0, nx = 1, ny = 0, t0 = 0, length = 1;
};
ProbeLine probe_line(const Snapshot& snapshot, const View& view);

// mixture_bound.cpp
Figure bound_figure(const Snapshot& snapshot, const View& view);
// mixture_convergence.cpp
Figure convergence_figure(const Snapshot& snapshot, const View& view);
// mixture_landscape.cpp
Figure landscape_figure(const Snapshot& snapshot, const View& view);
// mixture_simplex.cpp
Figure simplex_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
