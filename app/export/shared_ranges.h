// Ranges of axes and colour scales that several figures of one kind have in common: the frames of an
// animation, the panels of a page.
#pragma once

#include <cstdint>
#include <vector>

#include "core/figure/figure.h"

namespace iem {

class SharedRanges {
 public:
  // From now on there is room for this figure too.
  void include(const Figure& figure);
  void include(const SharedRanges& other);  // and for all that it has room for

  enum class Axes : std::uint8_t { both, x, y };
  // The figure over the ranges of all, panel by panel; colours go with y.
  Figure over_all(Figure figure, Axes which = Axes::both) const;

 private:
  struct Range {
    double lo = 0, hi = 0;
    void include(const Range& other);  // counted in the same direction
  };
  struct OfPanel {
    Range x, y;
    std::vector<double> heat;  // the largest magnitude of each heat map that scales itself
  };
  static OfPanel needs_of(const Panel& panel);
  void include(std::size_t index, OfPanel needs);

  std::vector<OfPanel> panels_;
};

}  // namespace iem
