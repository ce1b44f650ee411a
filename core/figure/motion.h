// Between two figures of the same kind: what has a place in both on its way from one to the other. For
// screens, where a step is a movement; a figure itself is always of one moment.
#pragma once

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/figure/figure.h"

namespace iem {

// The places of what moves: markers, ellipses, arrows, rings, gauges and words, by panel, kind, series, and
// which of those of that series it is. Curves, fields and the points of a scatter do not move.
using MarkName = std::pair<std::array<std::size_t, 3>, std::string>;
using MarkPlace = std::array<double, 5>;
using FigurePlaces = std::map<MarkName, MarkPlace>;
FigurePlaces places_of(const Figure& figure);

class FigureMotion {
 public:
  FigureMotion() = default;
  // From these places to those of `figure`, which is moved by set() and must stay where it is as long. A mark
  // that was not there, or more than half its panel away, does not move.
  FigureMotion(const FigurePlaces& from, Figure& figure);
  // Part of the way; 1 puts everything where the figure has it.
  void set(double part);
  bool moves() const { return !movers_.empty(); }

 private:
  struct Mover {
    std::array<double*, 5> numbers;  // null: fewer
    MarkPlace from, to;
  };
  std::vector<Mover> movers_;
};

}  // namespace iem
