// The hidden units among the points, and the spread and mean of each layer over steps.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/labs/neighbours/kit/toy_figures.h"
#include "core/labs/neighbours/toys/grad_spread.h"

namespace iem {
namespace {

constexpr Eigen::Index kSpreadUnits = GradSpread::kHidden;

void add_layer_curves(Figure& figure, Panel& panel, const Snapshot& snapshot, const std::string& metric,
                      std::vector<double>& all) {
  for (int l = 1; l <= 2; ++l) {
    const StepCurve curve = metric_curve(snapshot, metric + std::to_string(l));
    all.insert(all.end(), curve.y.begin(), curve.y.end());
    const std::string name = "layer " + std::to_string(l);
    Line& line = add_curve(figure, panel, name, curve, snapshot.state.step, {Role::line, l - 1}, 1.8,
                           series_dash(l - 1));
    line.label = name;
    line.name_at_end = true;
    line.label_at = 0.3 + 0.3 * l;
  }
}

}  // namespace

Figure spread_stage(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "stage", .title = "Hidden units", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = toy_caption(snapshot,
                               "Each hidden unit as its weights on both inputs, as wide as the output "
                               "counts it; rings: the points, as large as what the fit still lacks.");
  const Theta& theta = snapshot.state.theta;
  const Dataset& data = snapshot.data();
  std::vector<double> x = {-1.3, 1.3}, y = {-1.1, 1.3};
  for (Eigen::Index i = 0; i < kSpreadUnits; ++i)
    if (std::abs(theta[2 * i]) < 1e6 && std::abs(theta[2 * i + 1]) < 1e6)
      x.push_back(theta[2 * i]), y.push_back(theta[2 * i + 1]);
  Panel panel = toy_stage(view, range_of(x, 0.12), range_of(y, 0.12), true);
  name_plane(panel, "x_1", "x_2");
  panel.title = "Hidden units";
  panel.title_tex = "W_1";
  for (Eigen::Index j = 0; j < std::min<Eigen::Index>(data.size(), 400); ++j) {
    const double x1 = data.points(j, 0), x2 = data.points(j, 1);
    const double lack = std::abs(GradSpread::output(theta, x1, x2) - data.points(j, 2));
    if (!std::isfinite(lack) || !std::isfinite(x1) || !std::isfinite(x2)) continue;
    Marker ring{.series = "point", .x = x1, .y = x2, .shape = Shape::ring, .ink = {Role::muted}};
    ring.radius_px = 4.5 + 13 * std::min(lack, 1.0);
    ring.element = {ElementId::Kind::point, static_cast<int>(j)};
    panel.marks.push_back(ring);
  }
  for (Eigen::Index i = 0; i < kSpreadUnits; ++i) {
    const double w1 = theta[2 * i], w2 = theta[2 * i + 1], out = theta[2 * kSpreadUnits + i];
    if (!std::isfinite(w1) || !std::isfinite(w2) || !std::isfinite(out)) continue;
    Arrow arrow{.series = "unit", .x0 = 0, .y0 = 0, .x1 = w1, .y1 = w2};
    arrow.ink = {Role::line, static_cast<int>(i)};
    arrow.width_px = 1 + 4 * std::min(std::abs(out), 1.0);
    arrow.head_length_px = 0;
    panel.marks.push_back(arrow);
    Marker end{.series = "unit " + std::to_string(i + 1), .x = w1, .y = w2, .shape = Shape::prototype};
    end.ink = {Role::mark, static_cast<int>(i)};
    end.radius_px = 6.5;
    end.hollow = out < 0;
    end.element = {ElementId::Kind::prototype, static_cast<int>(i)};
    panel.marks.push_back(end);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure spread_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "spread", .title = "Spread of each layer", .caption = {}, .panels = {}, .keep = {}};
  figure.caption =
      short_toy_caption(snapshot,
                        "The standard deviation of the entries of $\\partial J/\\partial W_1$ and of "
                        "$\\partial J/\\partial w_2$.");
  Panel panel = step_panel(snapshot, {1e-3, 1});
  panel.title = "Spread";
  panel.title_tex = "\\sigma_l";
  std::vector<double> all;
  add_layer_curves(figure, panel, snapshot, "spread_", all);
  double least = 1e300, most = 0;
  for (const double each : all)
    if (each > 0 && each < 1e300) least = std::min(least, each), most = std::max(most, each);
  if (most > 0 && least > 0 && std::ranges::all_of(all, [](double v) { return v > 0; }))
    panel.y.scale = Scale::log10, panel.y.lo = least / 1.6, panel.y.hi = most * 1.6;
  else
    std::tie(panel.y.lo, panel.y.hi) = range_of(all, 0.1);
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure spread_means_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "means", .title = "Mean of each layer", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(
      snapshot, "The mean of each layer's weights: rules that take the mean off the gradient keep it.");
  Panel panel = step_panel(snapshot, {0, 1});
  panel.title = "Mean";
  panel.title_tex = "\\overline{W}_l";
  std::vector<double> all;
  add_layer_curves(figure, panel, snapshot, "mean_", all);
  std::tie(panel.y.lo, panel.y.hi) = range_of(all, 0.2);
  if (panel.y.hi - panel.y.lo < 0.01) panel.y.lo -= 0.005, panel.y.hi += 0.005;
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
