#include "core/energy/line_distance.h"

namespace iem {

const std::vector<std::string>& line_distance_names() {
  static const std::vector<std::string> names = {"abs", "square", "relu", "softplus"};
  return names;
}

double line_distance(LineDistance distance, double z) {
  return with_line_distance(distance, [&]<LineDistance D>() { return line_distance<D>(z); });
}

double line_slope(LineDistance distance, double z) {
  return with_line_distance(distance, [&]<LineDistance D>() { return line_slope<D>(z); });
}

}  // namespace iem
