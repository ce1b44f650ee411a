// Units in the plane: the line z = 0 of each, and where its handles stand on it.
#pragma once

#include <Eigen/Core>
#include <optional>

#include "core/labs/layer/model/layer.h"
#include "core/run/snapshot.h"

namespace iem {

// The line w . x + b = 0. Its normal is w/|w|^2, the step from z = 0 to z = 1.
struct UnitLine {
  Eigen::Vector2d w{0, 0};
  double b = 0;
  Eigen::Vector2d mark{0, 0};    // the handle on the line
  Eigen::Vector2d normal{0, 0};  // from the mark to the ring at z = 1
  double coordinate(const Eigen::Vector2d& x) const { return w.dot(x) + b; }
};

// The anchor of a unit is a place among the points; the mark of its line is the foot of the perpendicular
// from there. So marks of coinciding lines are apart, and turning a line about the anchor does not move its
// mark along it.
Eigen::Vector2d unit_anchor(const Dataset& data, Eigen::Index unit, Eigen::Index units);

// Nothing where the unit has no line that could be drawn: w is zero, or so small that the line would not be
// finite.
std::optional<UnitLine> unit_line(const Snapshot& snapshot, Eigen::Index unit);
std::optional<UnitLine> unit_line(const Snapshot& snapshot, const Theta& theta, Eigen::Index unit);
std::optional<UnitLine> line_of(const Eigen::Vector2d& w, double b, const Eigen::Vector2d& anchor);

// The line turned and scaled so that its ring is at `ring`. It is turned about the anchor, whose distance
// from the line stays; nothing where the ring would be at the anchor.
std::optional<UnitLine> with_ring_at(const UnitLine& taken, const Eigen::Vector2d& anchor,
                                     const Eigen::Vector2d& ring);

}  // namespace iem
