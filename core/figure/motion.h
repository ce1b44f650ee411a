// Animates between two figures of the same kind: a mark that occurs in both moves from its old place to its
// new one. This is for screens, where a step is shown as a movement; a figure itself always describes one
// moment.
#pragma once

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/figure/figure.h"

namespace iem {

// The places of the marks that move (markers, ellipses, arrows, rings, gauges and words), each named by
// panel, kind, series and its index within the series. Curves, fields and the points of a scatter do not
// move.
using MarkName = std::pair<std::array<std::size_t, 3>, std::string>;
using MarkPlace = std::array<double, 5>;
using FigurePlaces = std::map<MarkName, MarkPlace>;
FigurePlaces places_of(const Figure& figure);

class FigureMotion {
 public:
  FigureMotion() = default;
  // Moves from these places to those of `figure`. set() writes into `figure`, which must outlive this object
  // and keep its address. A mark that was not there before, or was more than half its panel away, does not
  // move.
  FigureMotion(const FigurePlaces& from, Figure& figure);
  // Puts the marks at this part of the way, 0 to 1; at 1 the figure is as it was.
  void set(double part);
  bool moves() const { return !movers_.empty(); }

 private:
  struct Mover {
    std::array<double*, 5> numbers;  // null where the mark has fewer than five numbers
    MarkPlace from, to;
  };
  std::vector<Mover> movers_;
};

}  // namespace iem
