// The claim on screen: dL_i/dd_ij computed independently against -r_ij, and one point's numbers as mirrored
// bars.
#include <algorithm>

#include "core/figure/ticks.h"
#include "core/labs/kit/identity_figure.h"
#include "core/labs/layer/figures/inspection.h"
#include "core/labs/layer/figures/list.h"

namespace iem {
namespace {

constexpr Eigen::Index kNamedUnits = 12;  // more bars have no room for a name each

Ink unit_ink(const Layer& model, int j) {
  return model.units() <= kUnitsWithShapes ? Ink{Role::mark, j, 1} : Ink{Role::ink, 0, 0.72};
}

// The shape and the number of a unit at the foot of its bars, and its two numbers beside their ends.
void add_unit_words(Panel& panel, const Layer& model, int j, double r, double most) {
  const double at = -static_cast<double>(j);
  if (model.units() <= kUnitsWithShapes) {
    Marker shape{.series = "unit " + std::to_string(j + 1),
                 .x = 0,
                 .y = at,
                 .shape = Shape::prototype,
                 .ink = {Role::mark, j}};
    shape.radius_px = 5;
    panel.marks.push_back(std::move(shape));
  }
  for (const bool right : {true, false}) {
    const bool is_long = r > 0.75 * most;  // no room beside it
    Text number{right ? r : -r, at, format_fixed(right ? r : -r, 3)};
    number.anchor = right == is_long ? Anchor::right : Anchor::left;
    number.dx_px = right == is_long ? -6 : 6;
    if (right && !is_long) number.dx_px = std::max(number.dx_px, r < 0.04 * most ? 11.0 : 6.0);
    if (!right && !is_long) number.dx_px = r < 0.04 * most ? -11 : -6;
    number.dy_px = 4;
    number.plate = is_long;
    panel.marks.push_back(std::move(number));
  }
}

}  // namespace

Figure layer_identity_figure(const Snapshot& snapshot, const View& view) {
  const IdentitySample& sample = snapshot.identity;
  double least = -0.05;
  if (sample.claimed.size() > 0 && sample.claimed.allFinite())
    least = std::min(least, sample.claimed.minCoeff());
  return identity_figure(
      snapshot,
      {.words = ". $\\partial L_i/\\partial d_{ij}$ by complex step of the scalar $L$ (computed) against "
                "$-r_{ij}$ (claimed). It holds for $J_{\\mathrm{lse}}$; the other terms pull on the "
                "distances in ways of their own.",
       .title_tex = "\\partial L_i/\\partial d_{ij}=-r_{ij}",
       .lo = 1.05 * least,
       .hi = -0.05 * least,
       .series = "unit",
       .coloured = kUnitsWithShapes,
       .point = shown_layer_point(snapshot, view)});
}

Figure layer_responsibilities_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "responsibilities", .title = "Pinned point", .caption = {}, .panels = {}, .keep = {}};
  const Layer& model = layer_of(snapshot);
  const int point = std::max(shown_layer_point(snapshot, view), 0);
  figure.caption = caption_start(snapshot) + ", point " + std::to_string(point) +
                   ". Right: $r_j$. Left: $\\partial L/\\partial d_j = -r_j$.";
  const std::vector<double> r = layer_numbers(snapshot, point).r;
  std::vector<double> at, gradient;
  Bars right{.series = "r", .x = {}, .y = {}, .ink = {}, .width = 0.6, .base = 0, .horizontal = true};
  Bars left = right;
  left.series = "dL/dd";
  for (std::size_t j = 0; j < r.size(); ++j) {
    at.push_back(-static_cast<double>(j));  // the first unit at the top
    gradient.push_back(-r[j]);
    right.ink.push_back(unit_ink(model, static_cast<int>(j)));
  }
  const double most = std::max(1e-300, *std::ranges::max_element(r)), limit = most > 0.5 ? 1 : 1.4 * most;
  left.ink = right.ink;
  right.y = left.y = figure.own(std::move(at));
  right.x = figure.own(r);
  left.x = figure.own(std::move(gradient));
  Panel panel;
  panel.title = "Pinned point";
  panel.x.lo = -limit;
  panel.x.hi = limit;
  panel.y.lo = -static_cast<double>(r.size()) + 0.4;
  panel.y.hi = 0.6;
  panel.y.ticks = false;
  panel.grid = false;
  panel.x.label = "dL/dd to the left, r to the right";
  panel.height = std::max(1.0, static_cast<double>(std::min<Eigen::Index>(model.units(), kNamedUnits)) / 4);
  panel.marks = {left, right};
  if (model.units() <= kUnitsWithShapes)
    for (std::size_t j = 0; j < r.size(); ++j) add_unit_words(panel, model, static_cast<int>(j), r[j], limit);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
