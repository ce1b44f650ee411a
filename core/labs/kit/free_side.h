// Where a name beside a mark is clear of what else is there: of sixteen directions the one farthest from
// every line and mark around it.
#pragma once

#include <array>
#include <utility>
#include <vector>

namespace iem {

class FreeSide {
 public:
  // At (x, y); only marks within `reach` crowd the name. Lengths in axis units, y upwards.
  FreeSide(double x, double y, double reach) : x_(x), y_(y), reach_(reach) {}

  void avoid_mark(double x, double y);  // the nearer, the more
  void avoid_line(double x, double y);  // a line from here to (x, y)
  void avoid_angle(double radians);     // something beside the mark, whatever the scale
  // A line between two other places, which is no matter unless it runs through the name.
  void avoid_segment(const std::array<double, 4>& from_to) { segments_.push_back(from_to); }
  // Unit vector, y upwards; `wish` (radians) where all are as good. Several names are `wide`.
  std::pair<double, double> best(double wish, bool wide = false) const;

 private:
  double x_, y_, reach_;
  std::vector<std::pair<double, double>> taken_;  // angle, weight up to 1
  std::vector<std::array<double, 4>> segments_;   // x0, y0, x1, y1

  double struck(double x, double y) const;  // 0..1: how near a segment comes to there
};

}  // namespace iem
