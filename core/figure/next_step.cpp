#include "core/figure/next_step.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace iem {
namespace {

// How the series of such marks begin, in all labs.
constexpr std::array<std::string_view, 9> kSeries = {"step ",       "gradient ", "em ",   "blend",  "next",
                                                     "way of twin", "twin",      "pull ", "thread "};

bool begins_so(std::string_view series) {
  return series == "pull" ||
         std::ranges::any_of(kSeries, [&](std::string_view each) { return series.starts_with(each); });
}

}  // namespace

bool tells_next_step(const Mark& mark) {
  if (std::holds_alternative<Gauge>(mark)) return true;  // what will change, and which way
  if (const auto* text = std::get_if<Text>(&mark)) return text->plate && text->tex;
  if (const auto* legend = std::get_if<Legend>(&mark))
    return legend->entries.size() == 1 && legend->entries.front().first == Sign::arrow_along;
  if (const auto* arrow = std::get_if<Arrow>(&mark)) return begins_so(arrow->series);
  if (const auto* marker = std::get_if<Marker>(&mark)) return begins_so(marker->series);
  if (const auto* line = std::get_if<Line>(&mark)) return begins_so(line->series);
  return false;
}

Panel without_next_step(const Panel& panel) {
  Panel out = panel;
  std::erase_if(out.marks, tells_next_step);
  return out;
}

}  // namespace iem
