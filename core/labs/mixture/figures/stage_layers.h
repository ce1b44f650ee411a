// What lies on the mixture's stage in layers, each of which other figures of the plane take too.
#pragma once

#include "core/labs/mixture/figures/list.h"

namespace iem {

// stage_field.cpp, below everything: the field that view.field names, and iso-lines of the log density.
void add_field(Panel& panel, const Snapshot& snapshot, const View& view);
// The field of an energy stands up as a landscape where the view says so: true then, and nothing but the
// prototypes is drawn with it.
bool raise_field(Panel& panel, const View& view);
void add_density(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);

// difference_field.cpp: where the field is "difference", L of this run minus L of another one.
void add_difference(Figure& figure, Panel& panel, const Snapshot& snapshot);
// Of which one; null: no other run that is shown has a density.
const ComparedRun* run_to_differ_from(const Snapshot& snapshot);

// stage_points.cpp: the data and what is held out of it; what the classes are called, each among its points;
// the pinned point as a ring of its responsibilities.
void add_points(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);
void add_label_names(Panel& panel, const Snapshot& snapshot, const View& view);
void add_pinned(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);

// stage_motion.cpp: where the prototypes come from, in at most so many knots.
void add_trails(Figure& figure, Panel& panel, const Snapshot& snapshot, std::size_t most);

// stage_pull.cpp. Where the prototypes go. Solid: the step that will be taken. Pale: the gradient step, of a
// rule that makes another one of it. Dashed, to a hollow twin: the way of EM. Gradient and step are drawn
// `magnified` times as long.
void add_pulls(Panel& panel, const Snapshot& snapshot, const View& view, double magnified);
// How often they have to be, to be seen on the stage: a round number, 1 where they are long enough.
double magnification(const Snapshot& snapshot, const View& view);

}  // namespace iem
