// Handles of stages of prototypes: their ellipses and the ends of a line that is probed.
#pragma once

#include <optional>

#include "core/labs/kit/handle.h"

namespace iem {

// The ellipse of prototype j by the blocks "means" and "covariances"; nothing where there is no such row.
std::optional<HeldEllipse> held_ellipse(const Snapshot& snapshot, int j);

// state.covariances with the ellipse as it was taken and its handle where it is now; a tied covariance is
// that of all.
std::optional<Edit> ellipse_moved(const Drag& drag);

// view.probe with one of its ends where it is now.
std::optional<Edit> probe_end_moved(const Drag& drag);

}  // namespace iem
