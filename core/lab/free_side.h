// Where a name beside a mark is clear of what else is there: of sixteen directions the one farthest from
// every line and mark around it.
#pragma once

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
  // Unit vector, y upwards; `wish` (radians) where all are as good.
  std::pair<double, double> best(double wish) const;

 private:
  double x_, y_, reach_;
  std::vector<std::pair<double, double>> taken_;  // angle, weight up to 1
};

}  // namespace iem
