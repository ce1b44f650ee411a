// Units in the plane: the line z = 0 of each, and where its handles stand on it.
#pragma once

#include <Eigen/Core>
#include <optional>

#include "core/labs/layer/model/layer.h"
#include "core/run/snapshot.h"

namespace iem {

// w . x + b = 0. The normal is the way from z = 0 to z = 1: w/|w|^2, as long as one unit of z.
struct UnitLine {
  Eigen::Vector2d w{0, 0};
  double b = 0;
  Eigen::Vector2d mark{0, 0};    // on the line: where it is taken hold of
  Eigen::Vector2d normal{0, 0};  // from the mark to the ring at z = 1
  double coordinate(const Eigen::Vector2d& x) const { return w.dot(x) + b; }
};

// Every unit has a place among the points from which the foot on its line is its mark: so marks of lines that
// lie on each other stand apart, and turning a line about there does not move its mark.
Eigen::Vector2d unit_anchor(const Dataset& data, Eigen::Index unit, Eigen::Index units);

// Nothing where the unit has no line that could be drawn: w is zero, or so short that it is beyond numbers.
std::optional<UnitLine> unit_line(const Snapshot& snapshot, Eigen::Index unit);
std::optional<UnitLine> unit_line(const Snapshot& snapshot, const Theta& theta, Eigen::Index unit);
std::optional<UnitLine> line_of(const Eigen::Vector2d& w, double b, const Eigen::Vector2d& anchor);

// The line with its ring at `ring`: turned about the anchor, which stays as far from it as it was, and
// stretched; nothing where the ring would be on the anchor.
std::optional<UnitLine> with_ring_at(const UnitLine& taken, const Eigen::Vector2d& anchor,
                                     const Eigen::Vector2d& ring);

}  // namespace iem
