// The length of each group's weights beside the true one, and over steps.
#include <algorithm>
#include <cmath>

#include "core/labs/kit/other_runs.h"
#include "core/labs/neighbours/kit/toy_figures.h"
#include "core/labs/neighbours/toys/group_nets.h"

namespace iem {
namespace {

constexpr double kRingBeside = 0.28;  // of a ring, left of its bar, so that each can be taken hold of

void add_lengths_of_others(Panel& panel, const std::vector<const ComparedRun*>& lanes) {
  for (std::size_t k = 0; k < lanes.size(); ++k) {
    if (!lanes[k]->setup) continue;
    const auto& other = static_cast<const GroupNets&>(*lanes[k]->setup->model);
    const Eigen::VectorXd sizes = other.norms(other.weights(lanes[k]->state.theta));
    for (Eigen::Index l = 0; l < sizes.size(); ++l) {
      if (!std::isfinite(sizes[l])) continue;
      Marker dot{.series = lanes[k]->label, .x = static_cast<double>(l), .y = sizes[l]};
      dot.x += 0.1 + 0.16 * static_cast<double>(k + 1);
      dot.ink = {Role::lane, lanes[k]->mark};
      dot.radius_px = 4.5;
      panel.marks.push_back(dot);
    }
  }
}

void add_true_lengths(Panel& panel, const Eigen::VectorXd& truth) {
  for (Eigen::Index l = 0; l < truth.size(); ++l) {
    Marker ring{.series = "true", .x = static_cast<double>(l) - kRingBeside, .y = truth[l]};
    ring.shape = Shape::ring;
    ring.ink = {truth[l] > 0 ? Role::ink : Role::faint};
    ring.radius_px = truth[l] > 0 ? 7 : 5;
    ring.element = {ElementId::Kind::target, static_cast<int>(l)};
    panel.marks.push_back(ring);
  }
}

}  // namespace

Figure groups_stage(const Snapshot& snapshot, const View& view) {
  const GroupNets& model = groups_of(snapshot);
  Figure figure{.id = "stage", .title = "Groups", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = toy_caption(
      snapshot, "The length $\\|w_l\\|$ of each group's weights" +
                    std::string(model.truth() ? ", with the true one as a ring beside it." : "."));
  const Eigen::VectorXd now = model.norms(model.weights(snapshot.state.theta));
  std::vector<double> x, y, shown = {0};
  for (Eigen::Index l = 0; l < now.size(); ++l)
    if (std::isfinite(now[l])) x.push_back(static_cast<double>(l)), y.push_back(now[l]);
  shown.insert(shown.end(), y.begin(), y.end());
  if (model.truth()) {
    const Eigen::VectorXd truth = model.norms(*model.truth());
    shown.insert(shown.end(), truth.begin(), truth.end());
  }
  const double top = range_of(shown, 0.12).second;
  Panel panel = toy_stage(view, {-0.7, static_cast<double>(now.size()) - 0.3}, {-0.09 * top, top}, false);
  panel.x.label = "group";
  panel.x.whole = true;
  panel.x.max_ticks = static_cast<int>(now.size()) + 1;
  panel.grid = true;
  panel.title = "Groups";
  panel.title_tex = "\\|w_l\\|";
  add_lengths_of_others(panel, runs_on_stage(snapshot, view));
  const Ink own = ink_on_stage(snapshot, view);
  Bars bars{.series = "length", .x = {}, .y = {}, .ink = {{own.role, own.index, 0.8}}, .width = 0.28};
  bars.x = figure.own(x), bars.y = figure.own(y);
  panel.marks.push_back(std::move(bars));
  if (model.truth()) add_true_lengths(panel, model.norms(*model.truth()));
  for (std::size_t k = 0; k < x.size(); ++k) {
    Marker top_of{.series = "group " + std::to_string(k), .x = x[k], .y = y[k], .ink = own};
    top_of.radius_px = 5;
    if (model.moves_by_hand()) top_of.element = {ElementId::Kind::prototype, static_cast<int>(x[k])};
    panel.marks.push_back(top_of);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure groups_norms_figure(const Snapshot& snapshot, const View&) {
  const GroupNets& model = groups_of(snapshot);
  Figure figure{.id = "norms", .title = "Groups over steps", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(snapshot, "$\\|w_l\\|$ of each group over steps.");
  Panel panel = step_panel(snapshot, {0, 1});
  panel.title = "Groups";
  panel.title_tex = "\\|w_l\\|";
  std::vector<double> all = {0};
  for (Eigen::Index l = 0; l < model.groups(); ++l) {
    const StepCurve curve = metric_curve(snapshot, "group_" + std::to_string(l));
    all.insert(all.end(), curve.y.begin(), curve.y.end());
    const bool counts = model.truth() ? model.norms(*model.truth())[l] > 0 : l == model.first();
    const Ink ink = counts ? Ink{Role::line, l == model.first() ? 0 : 1} : Ink{Role::ink, 0, 0.35};
    const std::string name = "group " + std::to_string(l);
    Line& line = add_curve(figure, panel, name, curve, snapshot.state.step, ink, counts ? 2 : 1.2);
    if (counts) line.label = name, line.name_at_end = true;
  }
  panel.y.hi = std::max(range_of(all, 0.08).second, 0.01);
  const bool steps =
      model.form() == GroupNets::Form::grouped && snapshot.config().text("optimizer.method") == "gd";
  const double leaving =
      steps ? model.leaving_time() / snapshot.config().real("optimizer.learning_rate") : NAN;
  if (leaving < panel.x.hi) {
    figure.caption += " Upright: when the first one leaves in theory.";
    Line upright{.series = "leaves", .x = {}, .y = {}, .ink = {Role::muted}, .width_px = 1};
    upright.dash = Dash::dashed;
    upright.x = figure.own({leaving, leaving}), upright.y = figure.own({panel.y.lo, panel.y.hi});
    panel.marks.push_back(std::move(upright));
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
