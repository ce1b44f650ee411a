#include "core/figure/until_step.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace iem {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

// The same numbers, none where x is later than `last`.
Values until(Figure& figure, Values x, Values y, double last) {
  if (std::ranges::none_of(x, [&](double each) { return each > last; })) return y;
  std::vector<double> out(y.begin(), y.end());
  for (std::size_t i = 0; i < std::min(x.size(), out.size()); ++i)
    if (x[i] > last) out[i] = kNothing;
  return figure.own(std::move(out));
}

// False where the whole mark is later.
template <class M>
bool keep_until(Figure& figure, M& mark, double last) {
  if constexpr (std::is_same_v<M, Line> || std::is_same_v<M, Scatter> || std::is_same_v<M, Bars>) {
    mark.y = until(figure, mark.x, mark.y, last);
    return std::ranges::any_of(mark.y, [](double y) { return std::isfinite(y); });
  } else if constexpr (std::is_same_v<M, Band>) {
    mark.lower = until(figure, mark.x, mark.lower, last);
    mark.upper = until(figure, mark.x, mark.upper, last);
    return true;
  } else if constexpr (std::is_same_v<M, Marker> || std::is_same_v<M, Text>) {
    return mark.x <= last;
  } else if constexpr (std::is_same_v<M, Arrow>) {
    return mark.x0 <= last && mark.x1 <= last;
  } else {
    return true;
  }
}

}  // namespace

void forget_after(Figure& figure, std::int64_t step) {
  const auto last = static_cast<double>(step);
  for (Panel& panel : figure.panels) {
    if (panel.x.quantity != Quantity::step) continue;
    std::erase_if(panel.marks, [&](Mark& mark) {
      return !std::visit([&](auto& each) { return keep_until(figure, each, last); }, mark);
    });
  }
}

}  // namespace iem
