// One unit along its normal: the distance as a function of the coordinate z, over a histogram of the points
// along z, with the pinned point.
#include <algorithm>
#include <cmath>

#include "core/base/number.h"
#include "core/labs/layer/figures/formulas.h"
#include "core/labs/layer/figures/list.h"

namespace iem {
namespace {

constexpr int kBins = 36;

// How many points have a z in each bin.
std::vector<double> counts_along(const Eigen::VectorXd& z, double lo, double hi) {
  std::vector<double> out(kBins, 0);
  for (const double each : z) {
    const double at = (each - lo) / (hi - lo) * kBins;
    if (at >= 0 && at <= kBins) ++out[std::min<std::size_t>(static_cast<std::size_t>(at), kBins - 1)];
  }
  return out;
}

const char* shape_words(LineDistance distance) {
  switch (distance) {
    case LineDistance::abs: return "Both sides of the line are alike: a ridge.";
    case LineDistance::square: return "Both sides of the line are alike: a parabola.";
    case LineDistance::relu: return "One side is near, whatever z: a half-space.";
    case LineDistance::softplus: break;
  }
  return "One side is near: a half-space with a soft edge.";
}

// d over z, with a point at the kink.
Line distance_curve(Figure& figure, LineDistance distance, double lo, double hi) {
  constexpr int kSteps = 240;
  std::vector<double> x, y;
  for (int i = 0; i <= kSteps; ++i) x.push_back(lo + (hi - lo) * i / kSteps);
  x.push_back(0);
  std::ranges::sort(x);
  for (const double each : x) y.push_back(line_distance(distance, each));
  Line curve{.series = "activation", .x = {}, .y = {}, .ink = {Role::ink}, .width_px = 2.2};
  curve.x = figure.own(std::move(x));
  curve.y = figure.own(std::move(y));
  return curve;
}

// The points along z, the highest bar within the panel.
Bars bars_along(Figure& figure, const Panel& panel, std::vector<double> counts, double most) {
  const double lo = panel.x.lo, hi = panel.x.hi;
  std::vector<double> at;
  for (std::size_t b = 0; b < counts.size(); ++b) {
    at.push_back(lo + (hi - lo) * (static_cast<double>(b) + 0.5) / kBins);
    counts[b] *= 0.8 * panel.y.hi / std::max(1.0, most);
  }
  Bars bars{.series = "points", .x = {}, .y = {}, .ink = {}, .width = 0.92 * (hi - lo) / kBins};
  bars.x = figure.own(std::move(at));
  bars.y = figure.own(std::move(counts));
  return bars;
}

void add_pinned_z(Figure& figure, Panel& panel, LineDistance distance, double z) {
  Line here{.series = "pinned", .x = {}, .y = {}, .ink = {Role::accent, 0, 0.8}, .width_px = 1};
  here.x = figure.own({z, z});
  here.y = figure.own({0, panel.y.hi});
  panel.marks.push_back(std::move(here));
  const double d = line_distance(distance, z);
  Marker disc{.series = "pinned", .x = z, .y = d, .shape = Shape::disc, .ink = {Role::accent}};
  disc.radius_px = 4.5;
  disc.halo_px = 1.5;
  panel.marks.push_back(std::move(disc));
  Text words{.x = z, .y = panel.y.hi, .text = "z=" + number_tex(z), .tex = true, .ink = {Role::accent}};
  const bool left = z > 0.5 * (panel.x.lo + panel.x.hi);
  words.dx_px = left ? -6 : 6, words.dy_px = 15;
  words.anchor = left ? Anchor::right : Anchor::left;
  words.plate = true;
  panel.marks.push_back(std::move(words));
}

}  // namespace

Figure layer_activation_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "activation", .title = "Unit", .caption = {}, .panels = {}, .keep = {}};
  const Layer& model = layer_of(snapshot);
  const int unit = shown_unit(snapshot, view), point = shown_point(snapshot, view);
  const LineDistance distance = model.options().distance;
  const std::string number = std::to_string(unit + 1), d_tex = "d=" + line_distance_tex(distance, "z");
  const Theta& theta = snapshot.state.theta;
  const Eigen::VectorXd z = ((snapshot.data().points * model.weights(theta).row(unit).transpose()).array() +
                             model.offsets(theta)[unit]);
  figure.caption = caption_start(snapshot) + ", unit " + number + ": $" + d_tex + "$ along its normal. " +
                   shape_words(distance) + " Bars: how many of the points lie there, ";
  auto [lo, hi] = range_of({z.data(), static_cast<std::size_t>(z.size())}, 0.04);
  lo = std::min(lo, -1.2), hi = std::max(hi, 1.2);
  Line curve = distance_curve(figure, distance, lo, hi);
  Panel panel;
  panel.title = "Unit " + number;
  panel.title_tex = d_tex;
  panel.x = {.label = "z", .lo = lo, .hi = hi};
  panel.y = {.label = "d",
             .lo = 0,
             .hi = std::min(1e300, 1.08 * *std::ranges::max_element(curve.y)),
             .max_ticks = 3};
  if (!(panel.y.hi > 0)) panel.y.hi = 1;
  std::vector<double> counts = counts_along(z, lo, hi);
  const double most = *std::ranges::max_element(counts);
  figure.caption += "at most " + number_tex(most) + " of " + std::to_string(z.size()) + ".";
  Bars bars = bars_along(figure, panel, std::move(counts), most);
  bars.ink = {model.units() <= kUnitsWithShapes ? Ink{Role::mark, unit, 0.42} : Ink{Role::ink, 0, 0.22}};
  panel.marks.push_back(std::move(bars));
  panel.marks.push_back(std::move(curve));
  if (point >= 0 && std::isfinite(z[point])) add_pinned_z(figure, panel, distance, z[point]);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
