// Elements of a lab's figures that can be dragged, and the edit that a drag makes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/config/value.h"
#include "core/figure/figure.h"
#include "core/math/gaussian2.h"
#include "core/run/edit.h"

namespace iem {

struct Snapshot;
struct View;

// A drag in progress. Places are in axis units.
struct Drag {
  const Snapshot& taken;  // at the moment when the drag began
  const Snapshot& now;
  const View& view;
  int index = 0;                        // of the element
  double x = 0, y = 0;                  // its new place; it keeps its distance from the pointer
  double pointer_x = 0, pointer_y = 0;  // where the pointer is
  double px_per_x = 1, px_per_y = 1;    // pixels of one unit of each axis
  double length_x = 1, length_y = 1;    // lengths that looked equal when the drag began (equal_lengths)
};

// Elements of one kind that can be moved.
struct Handle {
  ElementId::Kind kind = ElementId::Kind::none;
  // The edit that moves the element to its new place; nothing where it cannot be moved.
  std::optional<Edit> (*moved)(const Drag& drag) = nullptr;
};

// The ellipse that the handles of a prototype lie on: its middle and its covariance.
struct HeldEllipse {
  double x = 0, y = 0;
  Sym2 sigma;
};

// Lengths along x and y that look equally long on a panel, by which angles on screen are measured.
std::pair<double, double> equal_lengths(const Panel& panel);

// A block of a run's state as users see it; nothing where its model has none of this name.
std::optional<Tensor> natural_block(const Snapshot& snapshot, std::string_view name);

// The edit that sets row `row` of a block of pairs to (x, y); nothing where there is no such row.
std::optional<Edit> row_moved(const Snapshot& snapshot, const std::string& block, int row, double x,
                              double y);

}  // namespace iem
