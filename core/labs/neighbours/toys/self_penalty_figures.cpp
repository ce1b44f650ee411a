// The weights in the plane over lines of equal J, with the way into an axis; and both over steps.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/base/libm.h"
#include "core/labs/kit/other_runs.h"
#include "core/labs/neighbours/kit/toy_figures.h"
#include "core/labs/neighbours/toys/self_penalty.h"

namespace iem {
namespace {

// Short strokes along -dJ/dbeta, all of one length.
void add_slopes(Panel& panel, const SelfPenalty::Ground& ground) {
  constexpr int kEvery = 3;
  const PlaneGrid& grid = ground.grid;
  for (int row = 1; row < grid.side; row += kEvery)
    for (int column = 1; column < grid.side; column += kEvery) {
      const auto at = static_cast<std::size_t>(row * grid.side + column);
      const double dx = -ground.slope_x[at], dy = -ground.slope_y[at], size = libm::hypot(dx, dy);
      if (!(size > 0) || !std::isfinite(size)) continue;
      Arrow arrow{.series = "descent", .x0 = grid.x(column), .y0 = grid.y(row), .ink = {Role::muted, 0, 0.6}};
      arrow.x1 = arrow.x0 + 0.1 * dx / size, arrow.y1 = arrow.y0 + 0.1 * dy / size;
      arrow.width_px = 1.1, arrow.head_length_px = 5, arrow.head_width_px = 4;
      arrow.halo = false;
      panel.marks.push_back(arrow);
    }
}

}  // namespace

Figure penalty_stage(const Snapshot& snapshot, const View& view) {
  const SelfPenalty& model = penalty_of(snapshot);
  Figure figure{.id = "stage", .title = "Weights", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = toy_caption(snapshot,
                               "The way of the weights over lines of equal $J$; strokes: where "
                               "descent goes. At an axis a weight is 0.");
  const Theta& beta = snapshot.state.theta;
  std::vector<double> x = {0, 2.4}, y = {0, 2.1};
  for (const Track::Row& row : trails_until_now(snapshot, 200))
    if (row.numbers.size() >= 2) x.push_back(row.numbers[0]), y.push_back(row.numbers[1]);
  Panel panel = toy_stage(view, {-0.1, std::min(1.08 * range_of(x, 0).second, 1e6)},
                          {-0.1, std::min(1.08 * range_of(y, 0).second, 1e6)}, false);
  name_plane(panel, "\\beta_1", "\\beta_2");
  panel.title = "Weights";
  panel.title_tex = "J(\\beta)";
  const SelfPenalty::Ground& ground = model.ground();
  const bool seen =
      !ground.loss.empty() && std::ranges::all_of(ground.loss, [](double v) { return std::isfinite(v); });
  if (seen) {
    add_level_lines(figure, panel, ground.grid, "J", ground.loss, levels_of(ground.loss), {Role::faint},
                    Dash::solid);
    add_slopes(panel, ground);
  }
  for (const bool across : {true, false}) {
    Line axis{.series = across ? "axis of beta 1" : "axis of beta 2", .x = {}, .y = {}, .ink = {Role::ink}};
    axis.width_px = 1.2;
    axis.x = figure.own({0, across ? panel.x.hi : 0}), axis.y = figure.own({0, across ? 0 : panel.y.hi});
    panel.marks.push_back(std::move(axis));
  }
  add_ways(figure, panel, snapshot, view);
  if (beta.allFinite()) {
    Marker now{.series = "weights", .x = beta[0], .y = beta[1]};
    now.ink = ink_on_stage(snapshot, view);
    now.radius_px = 6.5;
    now.element = {ElementId::Kind::prototype, 0};
    panel.marks.push_back(now);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure penalty_slopes_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "forces", .title = "Forces", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(
      snapshot, "The slope of $J$ along each weight over steps: above 0 it drives the weight out.");
  std::vector<double> all = {0};
  Panel panel = step_panel(snapshot, {0, 1});
  panel.title = "Forces";
  panel.title_tex = "\\partial J/\\partial\\beta_l";
  for (int l = 0; l < 2; ++l) {
    const std::string name = "slope " + std::to_string(l + 1);
    const StepCurve curve = metric_curve(snapshot, "slope_" + std::to_string(l + 1));
    all.insert(all.end(), curve.y.begin(), curve.y.end());
    Line& line =
        add_curve(figure, panel, name, curve, snapshot.state.step, {Role::line, l}, 2, series_dash(l));
    line.label = name, line.name_at_end = true, line.label_at = 0.35 + 0.3 * l;
  }
  std::tie(panel.y.lo, panel.y.hi) = range_of(all, 0.15);
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure penalty_weights_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "weights", .title = "Weights", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(snapshot, "Both weights over steps: the second input does not matter.");
  std::vector<double> all = {0};
  Panel panel = step_panel(snapshot, {0, 1});
  panel.title = "Weights";
  panel.title_tex = "\\beta_l";
  for (int l = 0; l < 2; ++l) {
    const std::string id = "beta_" + std::to_string(l + 1);
    const StepCurve curve = metric_curve(snapshot, id);
    all.insert(all.end(), curve.y.begin(), curve.y.end());
    Line& line = add_curve(figure, panel, "weight " + std::to_string(l + 1), curve, snapshot.state.step,
                           {Role::line, l}, 2, series_dash(l));
    line.label = "weight " + std::to_string(l + 1);
    line.name_at_end = true;
    line.label_at = 0.35 + 0.3 * l;
  }
  std::tie(panel.y.lo, panel.y.hi) = range_of(all, 0.1);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
