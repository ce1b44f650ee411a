// The layers of the mixture's stage, which other figures of the plane use too.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/labs/mixture/figures/list.h"

namespace iem {

// stage_field.cpp, below everything: the field that view.field names, and iso-lines of the log density.
void add_field(Panel& panel, const Snapshot& snapshot, const View& view);
// Draws the field of an energy as a landscape where the view asks for that; returns true then, and only
// prototypes may be drawn with it.
bool raise_field(Panel& panel, const View& view);
void add_density(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);

// difference_field.cpp: where the field is "difference", L of this run minus L of another one.
void add_difference(Figure& figure, Panel& panel, const Snapshot& snapshot);
// The other run; null where no other shown run has a density.
const ComparedRun* run_to_differ_from(const Snapshot& snapshot);

// stage_points.cpp: the data with the held-out points; the names of the classes, each among its points; the
// pinned point as a ring of its responsibilities.
void add_points(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);
void add_label_names(Panel& panel, const Snapshot& snapshot, const View& view);
void add_pinned(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view);

// stage_motion.cpp: the trails of the prototypes, with at most `most` knots.
void add_trails(Figure& figure, Panel& panel, const Snapshot& snapshot, std::size_t most);

// stage_pull.cpp: the next steps of the prototypes. Solid: the step that will be taken. Pale: the gradient
// step, where the rule's own step differs from it. Dashed, to a hollow twin: the step of EM. Gradient and
// step are drawn `magnified` times as long.
void add_pulls(Panel& panel, const Snapshot& snapshot, const View& view, double magnified);
// The magnification that makes the longest of them visible on the stage: a round number, 1 where it is long
// enough.
double magnification(const Snapshot& snapshot, const View& view);
// The same for arrows of which the longest is `longest`, as a share of the plot: so many times as long that
// it can be seen. Beyond that no longer than `most`, the step of EM beside it, which it would seem to pass.
// Nothing where no number does it.
std::optional<double> visible_times(double longest, double most);
// The entry of a key that says so: "steps 20×".
std::pair<Sign, std::string> magnification_entry(const std::string& name, double magnified);

}  // namespace iem
