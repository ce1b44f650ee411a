#include "core/labs/kit/mirrored_bars.h"

#include <algorithm>

#include "core/base/number.h"

namespace iem {
namespace {

constexpr std::size_t kNamedBars = 12;  // with more there is no room for words
constexpr double kThickest_px = 24;     // in a tall cell a thicker bar would not look like a length
constexpr double kHead = 0.22;          // height above the bars, for the names of the two sides

// The shape at the foot of the bars of j, the name above, and the two numbers beside their ends.
void add_bar_words(Panel& panel, const MirroredBars& bars, int j) {
  const double r = bars.r[static_cast<std::size_t>(j)], at = -static_cast<double>(j);
  const std::string words = bars.name + " " + std::to_string(j + 1);
  if (bars.has_shapes)
    panel.marks.push_back(
        Marker{.series = words, .x = 0, .y = at, .shape = Shape::prototype, .ink = {Role::mark, j}});
  Text name{0, 0.3 + at, words};
  name.ink = {Role::muted};
  name.dy_px = -5;
  name.anchor = Anchor::centre;
  name.row = 0.35;  // in rows; the bar takes the rest
  panel.marks.push_back(std::move(name));
  const bool is_long = r > 0.75 * bars.limit;  // no room beside it
  for (const bool right : {true, false}) {
    Text number{right ? r : -r, at, format_fixed(right ? r : -r, 3)};
    number.anchor = right == is_long ? Anchor::right : Anchor::left;
    const double beside = r < 0.04 * bars.limit ? 11 : 6;  // of the end, or of the shape at the foot
    number.dx_px = right == is_long ? -beside : beside;
    number.dy_px = 4;
    number.plate = is_long;
    number.row = 1;
    panel.marks.push_back(std::move(number));
  }
}

// The names of the two sides, above the bars.
void add_heads(Panel& panel) {
  for (const bool right : {true, false}) {
    Text head{0, panel.y.hi, right ? "r_j" : "\\partial L/\\partial d_j"};
    head.tex = true;
    head.ink = {Role::muted};
    head.anchor = right ? Anchor::left : Anchor::right;
    head.dx_px = right ? 14 : -14;
    head.dy_px = 14;
    panel.marks.push_back(std::move(head));
  }
}

}  // namespace

Panel mirrored_bars_panel(Figure& figure, const MirroredBars& bars) {
  Bars right{.series = "r",
             .x = {},
             .y = {},
             .ink = {},
             .width = 0.6,
             .most_px = kThickest_px,
             .base = 0,
             .horizontal = true};
  Bars left = right;
  left.series = "dL/dd";
  std::vector<double> at, gradient;
  for (std::size_t j = 0; j < bars.r.size(); ++j) {
    at.push_back(-static_cast<double>(j));  // the first at the top
    gradient.push_back(-bars.r[j]);
    right.ink.push_back(bars.has_shapes ? Ink{Role::mark, static_cast<int>(j)} : Ink{Role::ink, 0, 0.72});
  }
  left.ink = right.ink;
  right.y = left.y = figure.own(std::move(at));
  right.x = figure.own(bars.r);
  left.x = figure.own(std::move(gradient));
  const auto count = static_cast<double>(bars.r.size());
  Panel panel;
  panel.title = "Pinned point";
  panel.x.lo = -bars.limit;
  panel.x.hi = bars.limit;
  panel.x.max_ticks = 5;
  panel.x.label = "\u2202L/\u2202d to the left, r to the right";
  panel.y.lo = -count + 0.4;
  panel.y.hi = 0.6 + kHead * count;
  panel.y.ticks = false;
  panel.grid = false;
  panel.height = std::max(1.0, static_cast<double>(std::min(bars.r.size(), kNamedBars)) / 4);
  panel.marks = {left, right};
  if (bars.r.size() <= kNamedBars)
    for (std::size_t j = 0; j < bars.r.size(); ++j) add_bar_words(panel, bars, static_cast<int>(j));
  add_heads(panel);
  return panel;
}

}  // namespace iem
