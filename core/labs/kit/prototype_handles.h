// Handles of stages of prototypes: their ellipses and the ends of a line that is probed.
#pragma once

#include <optional>
#include <string>

#include "core/figure/figure.h"
#include "core/labs/kit/handle.h"

namespace iem {

// The ellipse of prototype j by the blocks "means" and "covariances"; nothing where there is no such row.
std::optional<HeldEllipse> held_ellipse(const Snapshot& snapshot, int j);

// state.covariances with the ellipse as it was taken and its handle where it is now; a tied covariance is
// that of all.
std::optional<Edit> ellipse_moved(const Drag& drag);

// The handles of prototype j's ellipse as marks: the ends of its axes, and on stalks what turns it. A round
// ellipse has nothing to turn.
void add_ellipse_handles(Panel& panel, const Snapshot& snapshot, const HeldEllipse& ellipse, int j);

// What stands on the line of component j: the open ring that turns it, and its mark, which slides it.
Marker ring_on_line(std::string series, double x, double y, int j);
Marker mark_on_line(std::string series, double x, double y, int j);

// The two ends of a line on a stage, (x0, y0) and (x1, y1), to be taken hold of.
void add_line_ends(Panel& panel, const Tensor& line, const std::string& series);

// view.probe with one of its ends where it is now.
std::optional<Edit> probe_end_moved(const Drag& drag);

}  // namespace iem
