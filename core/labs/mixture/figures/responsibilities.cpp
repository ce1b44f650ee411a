// One point's responsibilities and the gradient of its energies as mirrored bars.
#include <algorithm>

#include "core/base/number.h"
#include "core/field/field.h"
#include "core/labs/mixture/figures/list.h"

namespace iem {

namespace {

constexpr std::size_t kNamedBars = 12;

// The shape of prototype j at the foot of its bars, its name above, and its two numbers beside their ends.
void add_bar_words(Panel& panel, int j, double r) {
  Marker shape{.series = "prototype " + std::to_string(j + 1),
               .x = 0,
               .y = -static_cast<double>(j),
               .shape = Shape::prototype,
               .ink = {Role::mark, j}};
  panel.marks.push_back(std::move(shape));
  Text name{0, 0.3 - static_cast<double>(j), "prototype " + std::to_string(j + 1)};
  name.ink = {Role::muted};
  name.dy_px = -5;
  name.anchor = Anchor::centre;
  panel.marks.push_back(std::move(name));
  constexpr double kInside = 0.8;  // a longer bar has no room beside it
  for (const bool right : {true, false}) {
    Text number{right ? r : -r, -static_cast<double>(j), format_fixed(right ? r : -r, 3)};
    const bool inside = r > kInside;
    number.anchor = right == inside ? Anchor::right : Anchor::left;
    number.dx_px = right == inside ? -6 : 6;
    if (right && r < 0.03) number.dx_px = 11;  // beside the shape at the foot
    if (!right && r < 0.03) number.dx_px = -11;
    number.dy_px = 4;
    number.plate = inside;
    panel.marks.push_back(std::move(number));
  }
}

}  // namespace

Figure responsibilities_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "responsibilities", .title = "Pinned point", .caption = {}, .panels = {}, .keep = {}};
  const int point = std::max(pinned_point(snapshot, view), 0);
  figure.caption = caption_start(snapshot) + ", point " + std::to_string(point) +
                   ". Right: $r_j$. Left: $\\partial L/\\partial d_j = -r_j$.";
  const FieldInput input =
      mixture_of(snapshot).field(snapshot.state.theta, snapshot.temperature, FieldKind::responsibility);
  std::vector<double> r(input.components.size()), at(r.size());
  const auto x = snapshot.data().points.row(point);
  field_responsibilities(input, x[0], x[1], r.data());
  Bars right{.series = "r", .x = {}, .y = {}, .ink = {}, .width = 0.6, .base = 0, .horizontal = true};
  Bars left = right;
  left.series = "dL/dd";
  std::vector<double> gradient;
  for (std::size_t j = 0; j < r.size(); ++j) {
    at[j] = -static_cast<double>(j);  // the first prototype at the top
    gradient.push_back(-r[j]);
    right.ink.push_back({Role::mark, static_cast<int>(j), 1});
  }
  left.ink = right.ink;
  right.y = left.y = figure.own(std::move(at));
  right.x = figure.own(r);
  left.x = figure.own(std::move(gradient));
  Panel panel;
  panel.title = "Pinned point";
  panel.x.lo = -1;
  panel.x.hi = 1;
  panel.y.lo = -static_cast<double>(input.components.size()) + 0.4;
  panel.y.hi = 0.8;  // room for the name above the first
  panel.y.ticks = false;
  panel.grid = false;
  panel.x.label = "dL/dd to the left, r to the right";
  panel.height = std::max(1.0, static_cast<double>(std::min(r.size(), kNamedBars)) / 4);
  panel.marks = {left, right};
  if (r.size() <= kNamedBars)
    for (std::size_t j = 0; j < r.size(); ++j) add_bar_words(panel, static_cast<int>(j), r[j]);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
