#include "core/figure/log_axis.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace iem {
namespace {

template <class M>
constexpr bool kIsOfCurves =
    std::is_same_v<M, Line> || std::is_same_v<M, Band> || std::is_same_v<M, Marker> ||
    std::is_same_v<M, Text> || std::is_same_v<M, Legend>;

bool holds_curves_alone(const Panel& panel) {
  return !panel.equal_aspect && std::ranges::all_of(panel.marks, [](const Mark& mark) {
    return std::visit([]<class M>(const M&) { return kIsOfCurves<M>; }, mark);
  });
}

// The smallest positive number of the curves on an axis; infinity: there is none.
double least_positive(const Panel& panel, bool of_x) {
  double least = std::numeric_limits<double>::infinity();
  for (const Mark& mark : panel.marks)
    if (const auto* line = std::get_if<Line>(&mark))
      for (const double value : of_x ? line->x : line->y)
        if (value > 0) least = std::min(least, value);
  return least;
}

}  // namespace

bool can_be_log(const Panel& panel, bool of_x) {
  return holds_curves_alone(panel) && std::isfinite(least_positive(panel, of_x)) &&
         (of_x ? panel.x : panel.y).hi > 0;
}

Panel on_log_axis(Panel panel, bool of_x) {
  Axis& axis = of_x ? panel.x : panel.y;
  if (axis.scale == Scale::log10 || !can_be_log(panel, of_x)) return panel;
  axis.scale = Scale::log10;
  const double least = least_positive(panel, of_x);
  axis.lo = axis.lo > 0 ? std::min(axis.lo, least) : least;
  axis.hi = std::max(axis.hi, 1.0001 * axis.lo);
  if (!of_x) axis.lo *= 0.9;
  erase_unseen_markers(panel, of_x);
  return panel;
}

void erase_unseen_markers(Panel& panel, bool of_x) {
  std::erase_if(panel.marks, [&](const Mark& mark) {
    const auto* marker = std::get_if<Marker>(&mark);
    return marker != nullptr && !((of_x ? marker->x : marker->y) > 0);
  });
}

}  // namespace iem
