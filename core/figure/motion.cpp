#include "core/figure/motion.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace iem {
namespace {

// The numbers of a mark that move, null where there are fewer than five. `Number` is double or const double.
template <class Number, class AnyMark>
std::array<Number*, 5> moving(AnyMark& mark) {
  return std::visit(
      [](auto& m) -> std::array<Number*, 5> {
        using Kind = std::remove_cvref_t<decltype(m)>;
        if constexpr (std::is_same_v<Kind, Marker> || std::is_same_v<Kind, RingMark> ||
                      std::is_same_v<Kind, Gauge> || std::is_same_v<Kind, Text>)
          return {&m.x, &m.y};
        else if constexpr (std::is_same_v<Kind, Ellipse>)
          return {&m.x, &m.y, &m.xx, &m.xy, &m.yy};
        else if constexpr (std::is_same_v<Kind, Arrow>)
          return {&m.x0, &m.y0, &m.x1, &m.y1};
        else
          return {};
      },
      mark);
}

std::string series_of(const Mark& mark) {
  return std::visit(
      [](const auto& m) -> std::string {
        if constexpr (requires { m.series; }) return m.series;
        return {};
      },
      mark);
}

// Calls visit(name, numbers, panel) for every mark that moves.
template <class Number, class Panels, class Visit>
void each_moving(Panels& panels, const Visit& visit) {
  std::map<MarkName, std::size_t> seen;
  for (std::size_t p = 0; p < panels.size(); ++p)
    for (auto& mark : panels[p].marks) {
      const auto numbers = moving<Number>(mark);
      if (numbers[0] == nullptr) continue;
      MarkName name{{p, mark.index(), 0}, series_of(mark)};
      name.first[2] = seen[name]++;
      visit(name, numbers, panels[p]);
    }
}

template <class Number>
MarkPlace place_of(const std::array<Number*, 5>& numbers) {
  MarkPlace out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = numbers[i] ? *numbers[i] : 0;
  return out;
}

}  // namespace

FigurePlaces places_of(const Figure& figure) {
  FigurePlaces out;
  each_moving<const double>(figure.panels, [&](const MarkName& name, const auto& numbers, const Panel&) {
    out[name] = place_of(numbers);
  });
  return out;
}

FigureMotion::FigureMotion(const FigurePlaces& from, Figure& figure) {
  constexpr double kFarthest = 0.5;  // of the panel
  each_moving<double>(figure.panels, [&](const MarkName& name, const auto& numbers, const Panel& panel) {
    const auto begin = from.find(name);
    if (begin == from.end()) return;
    const Mover mover{numbers, begin->second, place_of(numbers)};
    const double reach = kFarthest * std::max(panel.x.hi - panel.x.lo, panel.y.hi - panel.y.lo);
    for (const std::size_t i : {std::size_t{0}, std::size_t{1}})
      if (!(std::abs(mover.to[i] - mover.from[i]) <= reach)) return;
    if (mover.from != mover.to) movers_.push_back(mover);
  });
}

void FigureMotion::set(double part) {
  for (const Mover& mover : movers_)
    for (std::size_t i = 0; i < mover.numbers.size(); ++i) {
      if (mover.numbers[i] == nullptr) continue;
      const double to = mover.to[i];
      *mover.numbers[i] = part >= 1 ? to : mover.from[i] + part * (to - mover.from[i]);
    }
}

}  // namespace iem
