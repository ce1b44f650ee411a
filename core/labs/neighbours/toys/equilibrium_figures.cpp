// The row M over lines of equal J, J - J* with its slope, and the error of unrolling over passes.
#include <algorithm>
#include <cmath>

#include <Eigen/LU>

#include "core/base/libm.h"
#include "core/figure/caption.h"
#include "core/labs/kit/other_runs.h"
#include "core/labs/neighbours/kit/toy_figures.h"
#include "core/labs/neighbours/toys/equilibrium.h"

namespace iem {

Figure equilibrium_stage(const Snapshot& snapshot, const View& view) {
  const Equilibrium& model = equilibrium_of(snapshot);
  Figure figure{.id = "stage", .title = "Row", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = toy_caption(
      snapshot,
      "The row $M=B(1-\\gamma S)^{-1}$ on its way to that of least squares, over lines of equal $J$.");
  const Eigen::Vector2d now = model.row(snapshot.state.theta), goal = model.best_row();
  std::vector<double> x = {goal[0] - 1.1, goal[0] + 1.1}, y = {goal[1] - 1.1, goal[1] + 1.1};
  for (const Track::Row& row : trails_until_now(snapshot, 200))
    if (row.numbers.size() >= 2) x.push_back(row.numbers[0]), y.push_back(row.numbers[1]);
  Panel panel = toy_stage(view, range_of(x, 0.1), range_of(y, 0.1), true);
  name_plane(panel, "M_1", "M_2");
  panel.title = "Row";
  panel.title_tex = "M=B(1-\\gamma S)^{-1}";
  const Eigen::Matrix2d shape = model.moments().inverse();
  const bool round = shape.allFinite() && shape(0, 0) > 0 && shape.determinant() > 0;
  for (const double excess : {0.01, 0.05, 0.15, 0.35, 0.7, 1.2, 2.0}) {
    if (!round || !goal.allFinite()) break;
    Ellipse level{.series = "J", .x = goal[0], .y = goal[1]};
    level.xx = 2 * excess * shape(0, 0), level.xy = 2 * excess * shape(0, 1);
    level.yy = 2 * excess * shape(1, 1);
    level.ink = {Role::faint};
    level.width_px = 1;
    if (level.xx * level.yy > level.xy * level.xy) panel.marks.push_back(level);
  }
  add_ways(figure, panel, snapshot, view);
  if (goal.allFinite()) {
    Marker target{.series = "least squares", .x = goal[0], .y = goal[1], .shape = Shape::ring};
    target.ink = {Role::ink};
    target.radius_px = 8;
    if (has_own_rows(snapshot)) target.element = {ElementId::Kind::target, 0};
    panel.marks.push_back(target);
    panel.marks.push_back(Text{
        .x = goal[0], .y = goal[1], .text = "M^*", .tex = true, .ink = {Role::ink}, .dx_px = 13, .dy_px = 4});
  }
  if (now.allFinite()) {
    Marker here{.series = "M", .x = now[0], .y = now[1]};
    here.ink = ink_on_stage(snapshot, view);
    here.radius_px = 6;
    here.element = {ElementId::Kind::prototype, 0};
    panel.marks.push_back(here);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

namespace {

void keep_positive(Panel& panel, double floor) {
  panel.y.scale = Scale::log10;
  double least = 1e300, most = 0;
  for (const Mark& mark : panel.marks)
    if (const auto* line = std::get_if<Line>(&mark))
      for (const double v : line->y)
        if (v > floor && v < 1e300) least = std::min(least, v), most = std::max(most, v);
  if (!(most > 0)) least = 1e-3, most = 1;
  panel.y.lo = least / 3, panel.y.hi = std::max(most * 3, panel.y.lo * 10);
}

StepCurve positive(StepCurve curve, double floor) {
  for (double& each : curve.y)
    if (!(each > floor)) each = NAN;
  return curve;
}

}  // namespace

Figure equilibrium_excess_figure(const Snapshot& snapshot, const View&) {
  const Equilibrium& model = equilibrium_of(snapshot);
  constexpr double kRoundingOfJ = 1e-15;
  Figure figure{.id = "excess_line", .title = "Way down", .caption = {}, .panels = {}, .keep = {}};
  figure.caption =
      short_toy_caption(snapshot,
                        "$J-J^*$ over steps, $J^*$ that of least squares; dotted: the slope in theory, "
                        "$(1-\\eta\\lambda_{\\min}(DC))^2$ a step.");
  Panel panel = step_panel(snapshot, {1e-3, 1});
  panel.title = "Way down";
  panel.title_tex = "J-J^*";
  const StepCurve own = positive(metric_curve(snapshot, "excess"), kRoundingOfJ);
  const std::size_t here = own.index(snapshot.state.step);
  const double factor = model.factor(snapshot.state.theta, snapshot.config().real("optimizer.learning_rate"));
  if (std::isfinite(own.y[here]) && factor > 0 && factor < 1) {
    const double rate = -libm::log(factor), ahead = 8 / rate, behind = std::min(own.steps[here], 8 / rate);
    Line theory{.series = "theory", .x = {}, .y = {}, .ink = {Role::muted}, .width_px = 1.2};
    theory.dash = Dash::dotted;
    theory.x = figure.own({own.steps[here] - behind, own.steps[here] + ahead});
    theory.y = figure.own({own.y[here] * libm::exp(rate * behind), own.y[here] * libm::exp(-rate * ahead)});
    panel.marks.push_back(std::move(theory));
  }
  const std::vector<const ComparedRun*> lanes = snapshot.shown_lanes();
  for (const ComparedRun* lane : lanes) {
    StepCurve other = loss_curve(lane->history);
    for (double& each : other.y) each -= model.best();
    Line& line = add_curve(figure, panel, lane->label, positive(std::move(other), kRoundingOfJ),
                           lane->state.step, {Role::lane, lane->mark}, 1.8, series_dash(lane->mark));
    mark_as_lane(line, *lane, snapshot);
  }
  Line& line = add_curve(figure, panel, "excess", own, snapshot.state.step,
                         lanes.empty() ? Ink{Role::accent} : Ink{Role::lane, snapshot.mark}, 2.2);
  if (!lanes.empty())
    line.label = snapshot.name.empty() ? "this run" : snapshot.name, line.name_at_end = true;
  keep_positive(panel, kRoundingOfJ);
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure equilibrium_passes_figure(const Snapshot& snapshot, const View&) {
  const Equilibrium& model = equilibrium_of(snapshot);
  Figure figure{
      .id = "passes", .title = "Unrolled against implicit", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(
      snapshot,
      "The largest difference between $\\partial J/\\partial A$ through so many passes and that of "
      "the fixed point; dotted: $\\gamma$ a pass, here " +
          caption_number(model.gamma()) + ".");
  constexpr int kMostPasses = 80;
  std::vector<double> passes, error;
  for (int k = 0; k <= kMostPasses; k += 2) {
    const double off = model.unrolled_error(snapshot.state.theta, snapshot.data(), k);
    passes.push_back(k);
    error.push_back(off > 1e-15 && off < 1e300 ? off : NAN);
  }
  Panel panel;
  panel.x = {.label = "passes", .lo = 0, .hi = kMostPasses};
  panel.x.whole = true;
  panel.title = "Unrolled";
  panel.title_tex = "\\max|\\Delta\\,\\partial J/\\partial A|";
  const std::size_t middle = passes.size() / 2;
  if (std::isfinite(error[middle]) && model.gamma() > 0) {
    Line theory{.series = "theory", .x = {}, .y = {}, .ink = {Role::muted}, .width_px = 1.2};
    theory.dash = Dash::dotted;
    theory.x = figure.own({0, kMostPasses});
    theory.y = figure.own({error[middle] * libm::pow(model.gamma(), -passes[middle]),
                           error[middle] * libm::pow(model.gamma(), kMostPasses - passes[middle])});
    panel.marks.push_back(std::move(theory));
  }
  Line line{.series = "error", .x = {}, .y = {}, .ink = {Role::accent}, .width_px = 2};
  line.x = figure.own(std::move(passes)), line.y = figure.own(std::move(error));
  panel.marks.push_back(std::move(line));
  keep_positive(panel, 1e-15);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
