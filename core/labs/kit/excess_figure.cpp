#include "core/labs/kit/excess_figure.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/number.h"
#include "core/config/common_parameters.h"
#include "core/labs/kit/figure_parts.h"

namespace iem {
namespace {

double lowest(const StepCurve& curve) {
  double out = std::numeric_limits<double>::infinity();
  for (const double y : curve.y)
    if (y < out) out = y;
  return out;
}

// What lies above J* by no more than rounding is there: nothing of it can be drawn.
StepCurve above(StepCurve curve, double best) {
  const double rounding = 1e-14 * std::max(1.0, std::abs(best));
  for (double& y : curve.y) y = y - best > rounding ? y - best : std::nan("");
  return curve;
}

void take(const StepCurve& curve, double& least, double& most) {
  for (const double y : curve.y)
    if (std::isfinite(y)) least = std::min(least, y), most = std::max(most, y);
}

void add_settled(Figure& figure, Panel& panel, double settled) {
  Line line{.series = "settled",
            .x = figure.own({0.0, 1e12}),
            .y = figure.own({settled, settled}),
            .ink = {Role::muted},
            .width_px = 1,
            .dash = Dash::dotted};
  panel.marks.push_back(std::move(line));
}

}  // namespace

Figure excess_figure(const Snapshot& snapshot, const View& view) {
  if (!snapshot.evaluation.has_loss)
    return sentence_figure({"excess", "Excess", ""}, "Without data there is no J.",
                           caption_start(snapshot) + ". ");
  const std::vector<const ComparedRun*> lanes = snapshot.shown_lanes();
  const StepCurve own = loss_curve(snapshot.history);
  const std::optional<double> given = given_best(view.config);
  double best = lowest(own);
  for (const ComparedRun* lane : lanes) best = std::min(best, lowest(loss_curve(lane->history)));
  best = given.value_or(best);
  const double settled = view.config.real("comparison.settled");

  Figure figure{.id = "excess", .title = "Excess"};
  figure.caption = caption_start(snapshot) + ". $J-J^{*}$ with $J^{*}=" + number_tex(best, 6) + "$" +
                   (given ? "" : ", the lowest that is known") + "; dotted: where a run has settled, $" +
                   number_tex(settled) + "$.";
  Panel panel = step_panel(snapshot, {0, 1});
  panel.title = "Excess";
  panel.title_tex = "J-J^{*}";
  panel.y.scale = Scale::log10;
  double least = settled, most = settled;
  const StepCurve excess = above(own, best);
  take(excess, least, most);
  add_settled(figure, panel, settled);
  for (const ComparedRun* lane : lanes) {
    const StepCurve other = above(loss_curve(lane->history), best);
    take(other, least, most);
    panel.x.hi = std::max(panel.x.hi, other.steps.back());
    Line& line = add_curve(figure, panel, lane->label, other, lane->state.step, {Role::lane, lane->mark}, 1.8,
                           series_dash(lane->mark));
    mark_as_lane(line, *lane, snapshot);
  }
  const bool alone = lanes.empty();
  Line& line = add_curve(figure, panel, "J - J*", excess, snapshot.state.step,
                         alone ? Ink{Role::accent} : Ink{Role::lane, snapshot.mark}, 2.2,
                         alone ? Dash::solid : series_dash(snapshot.mark));
  if (!alone) line.label = snapshot.name.empty() ? "this run" : snapshot.name, line.name_at_end = true;
  panel.y.lo = 0.5 * least;
  panel.y.hi = 2 * most;
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
