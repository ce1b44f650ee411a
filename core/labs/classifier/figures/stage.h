// The layers of the classifier's stage.
#pragma once

#include "core/labs/classifier/figures/list.h"
#include "core/labs/kit/phases/phases.h"

namespace iem {

// stage_points.cpp: labels as shapes, responsibilities as colours, outlines for points that pull on nothing;
// those that are answered wrongly larger and last, with their residuals; the pinned point as a ring of r.
Scatter stage_points(const Dataset& data);  // as they lie, not yet coloured
void add_labelled_points(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);
void add_residuals(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);
void add_pinned_point(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);
// stage_classes.cpp: prototypes with their ellipses, or the knobs of linear energies; the way they came, and
// the gradient step beside the place that EM or the bound goes to.
// Where a phase moves them, on their way; while it draws what is known before anything moves, without ways
// and steps.
void add_classes(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                 const PhaseInView& phases);
// Those of other runs, where the view lays several over each other.
void add_other_classes(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);
void add_ray(Figure& figure, Panel& panel, const View& view);

// Points answered otherwise than by their label; of many those that are pulled most.
std::vector<Eigen::Index> misfits(const Snapshot& snapshot);

}  // namespace iem
