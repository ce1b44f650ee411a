// Handles on stages with prototypes: those of ellipses and of the probe line.
#pragma once

#include <optional>
#include <string>

#include "core/figure/figure.h"
#include "core/labs/kit/handle.h"

namespace iem {

// The ellipse of prototype j by the blocks "means" and "covariances"; nothing where there is no such row.
std::optional<HeldEllipse> held_ellipse(const Snapshot& snapshot, int j);

// The edit of state.covariances that puts the handle of the ellipse, as it was when the drag began, to its
// new place. A tied covariance is changed for all prototypes.
std::optional<Edit> ellipse_moved(const Drag& drag);

// The handles of prototype j's ellipse as marks: the ends of its axes, and knobs on stalks that turn it. A
// round ellipse has no knobs.
void add_ellipse_handles(Panel& panel, const Snapshot& snapshot, const HeldEllipse& ellipse, int j);

// The handles on the line of component j: an open ring that turns it, and a mark that slides it.
Marker ring_on_line(std::string series, double x, double y, int j);
Marker mark_on_line(std::string series, double x, double y, int j);

// Handles at the two ends, (x0, y0) and (x1, y1), of a line on a stage.
void add_line_ends(Panel& panel, const Tensor& line, const std::string& series);

// The edit of view.probe that moves one of its ends.
std::optional<Edit> probe_end_moved(const Drag& drag);

}  // namespace iem
