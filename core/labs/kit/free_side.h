// Finds the side of a mark on which a name overlaps nothing: of sixteen directions the one farthest from all
// lines and marks around it.
#pragma once

#include <array>
#include <utility>
#include <vector>

namespace iem {

class FreeSide {
 public:
  // For a mark at (x, y). Only marks within `reach` count. Lengths are in axis units, y upwards.
  FreeSide(double x, double y, double reach) : x_(x), y_(y), reach_(reach) {}

  void avoid_mark(double x, double y);  // nearer marks count more
  void avoid_line(double x, double y);  // a line from here to (x, y)
  void avoid_angle(double radians);     // something beside the mark, whatever the scale
  // A line between two other places, which counts only if it runs through the name.
  void avoid_segment(const std::array<double, 4>& from_to) { segments_.push_back(from_to); }
  // The best direction as a unit vector, y upwards; of equally good ones the nearest to `wish` (radians).
  // `wide` is for several names in a row.
  std::pair<double, double> best(double wish, bool wide = false) const;

 private:
  double x_, y_, reach_;
  std::vector<std::pair<double, double>> taken_;  // angle, weight up to 1
  std::vector<std::array<double, 4>> segments_;   // x0, y0, x1, y1

  double struck(double x, double y) const;  // 0..1: how near a segment comes to there
};

}  // namespace iem
