// What a hand can take hold of on a lab's figures, and the edit that moving it there makes.
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

// Where a held element is being moved. Places are in units of the axes.
struct Drag {
  const Snapshot& taken;  // as it was taken
  const Snapshot& now;
  const View& view;
  int index = 0;                        // of the element
  double x = 0, y = 0;                  // where it is to be: it keeps its distance from the pointer
  double pointer_x = 0, pointer_y = 0;  // where the pointer is
  double px_per_x = 1, px_per_y = 1;    // pixels of one unit of each axis
  double length_x = 1, length_y = 1;    // equally long on both axes when it was taken (equal_lengths)
};

// Elements of one kind that can be moved.
struct Handle {
  ElementId::Kind kind = ElementId::Kind::none;
  // The edit that puts the element there; nothing: it stays where it is.
  std::optional<Edit> (*moved)(const Drag& drag) = nullptr;
};

// The ellipse that the handles of a prototype lie on: its middle and its covariance.
struct HeldEllipse {
  double x = 0, y = 0;
  Sym2 sigma;
};

// Lengths along x and y that look equally long on a panel: what is perpendicular there.
std::pair<double, double> equal_lengths(const Panel& panel);

// A block of a run's state as users see it; nothing where its model has none of this name.
std::optional<Tensor> natural_block(const Snapshot& snapshot, std::string_view name);

// Row `row` of a block of pairs put at (x, y); nothing where there is no such row.
std::optional<Edit> row_moved(const Snapshot& snapshot, const std::string& block, int row, double x,
                              double y);

}  // namespace iem
