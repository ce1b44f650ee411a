// The layers of the classifier's stage.
#pragma once

#include "core/labs/classifier/figures/list.h"
#include "core/labs/kit/phases/phases.h"

namespace iem {

// stage_points.cpp: labels are shapes, responsibilities are colours, and points that pull on nothing are
// outlines. Points with a wrong answer are drawn larger and last, with their residuals; the pinned point is a
// ring of r.
Scatter stage_points(const Dataset& data);  // at their places, not yet coloured
void add_labelled_points(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);
void add_residuals(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);
void add_pinned_point(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);
// stage_classes.cpp: prototypes with their ellipses, or the knobs of linear energies, with their trails, and
// the gradient step beside the place to which EM or the bound leads.
// While a phase moves them they are drawn on their way; in earlier phases, before anything moves, they are
// drawn without trails and steps.
void add_classes(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                 const PhaseInView& phases);
// Those of other runs, where the view lays several over each other.
void add_other_classes(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);
void add_ray(Figure& figure, Panel& panel, const View& view);

// Points whose answer differs from their label; where there are many, those with the largest pulls.
std::vector<Eigen::Index> misfits(const Snapshot& snapshot);

}  // namespace iem
