// Curves over steps: the loss, the two losses between which kappa goes, and the share of right answers.
#include <algorithm>
#include <cmath>

#include "core/base/number.h"
#include "core/labs/classifier/figures/formulas.h"
#include "core/labs/classifier/figures/list.h"

namespace iem {
namespace {

// Places in Classifier::metric_ids.
constexpr std::size_t kAccuracyAt = 0, kCleanAt = 1, kEceAt = 2, kJointAt = 3, kConditionalAt = 4, kNllAt = 5;

Line held_out_curve(Figure& figure, const StepCurve& curve) {
  Line line{.series = "held out", .x = figure.own(curve.steps), .y = figure.own(curve.y)};
  line.ink = {Role::warn};
  line.width_px = 1.8;
  line.dash = Dash::dashed;
  line.label = "−log r of held-out labels";
  line.name_at_end = true;
  return line;
}

double metric_now(const Snapshot& snapshot, std::size_t column) {
  return snapshot.evaluation.metrics[static_cast<Eigen::Index>(column)];
}

// One curve on a panel of its own scale.
Panel curve_panel(Figure& figure, const Snapshot& snapshot, std::size_t column, const std::string& title,
                  const std::string& tex, int lane) {
  const StepCurve curve = metric_curve(snapshot, column);
  auto [lo, hi] = range_of(curve.y, 0.1);
  const double least = 0.02 * std::max(1.0, std::abs(lo));
  if (hi - lo < least) lo -= least, hi += least;
  Panel panel = step_panel(snapshot, {lo, hi});
  panel.title = title;
  panel.title_tex = tex;
  panel.y.max_ticks = 3;
  Line& line =
      add_curve(figure, panel, title, curve, snapshot.state.step, {Role::lane, lane}, 2.2, series_dash(lane));
  line.read_as = title;
  return panel;
}

}  // namespace

Figure classifier_loss_figure(const Snapshot& snapshot, const View&) {
  const Classifier& model = classifier_of(snapshot);
  Figure figure{.id = "loss", .title = "Loss", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". $" + objective_of_classes_tex(snapshot.config()) +
                   "$, here $" + number_tex(snapshot.evaluation.loss) + "$, minimised" +
                   while_it_cools(snapshot) + ".";
  if (const std::string sums = sums_of_classes_tex(snapshot.config()); !sums.empty())
    figure.caption += " $" + sums + "$.";
  Panel panel = loss_panel(figure, snapshot);
  if (model.options().compare_held_out && model.competes()) {
    const StepCurve aside = metric_curve(snapshot, kNllAt);
    const auto [lo, hi] = range_of(aside.y, 0.08);
    panel.y.lo = std::min(panel.y.lo, lo), panel.y.hi = std::max(panel.y.hi, hi);
    panel.marks.push_back(held_out_curve(figure, aside));
    figure.caption += " Dashed: the mean of $-\\log r_y$ of points held out, $" +
                      number_tex(metric_now(snapshot, kNllAt)) + "$.";
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure generative_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "generative", .title = "Generative", .caption = {}, .panels = {}, .keep = {}};
  const double joint = metric_now(snapshot, kJointAt), conditional = metric_now(snapshot, kConditionalAt);
  if (!std::isfinite(joint))
    return sentence_figure({"generative", "Generative", ""}, "No point has a label.",
                           caption_start(snapshot) + ". ");
  const bool linear = classifier_of(snapshot).is_linear();
  figure.caption = caption_start(snapshot) +
                   ". Above, how well classes are told apart, $J_1=" + number_tex(conditional) + "$";
  if (linear) {
    figure.caption +=
        "; linear energies have no volume, so that how well they fit their own points says nothing.";
  } else {
    figure.caption += "; below, how well each fits its own points, $J_0=" + number_tex(joint) +
                      "$. The objective is $J_0+\\kappa\\,(J_1-J_0)$ with $\\kappa=" +
                      number_tex(classifier_of(snapshot).kappa()) + "$: what it does not count may rise.";
  }
  figure.panels.push_back(curve_panel(figure, snapshot, kConditionalAt, "told apart", "J_1", 1));
  if (!linear) figure.panels.push_back(curve_panel(figure, snapshot, kJointAt, "own points", "J_0", 2));
  for (Panel& panel : figure.panels) panel.height = 1.0 / static_cast<double>(figure.panels.size());
  if (!linear) {  // the axis of the lower panel is that of both
    figure.panels[0].x.ticks = false;
    figure.panels[0].x.label.clear();
  }
  return figure;
}

Figure accuracy_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "accuracy", .title = "Accuracy", .caption = {}, .panels = {}, .keep = {}};
  const double given = metric_now(snapshot, kAccuracyAt), clean = metric_now(snapshot, kCleanAt),
               ece = metric_now(snapshot, kEceAt);
  if (!std::isfinite(clean))
    return sentence_figure({"accuracy", "Accuracy", ""}, "No point has a label.",
                           caption_start(snapshot) + ". ");
  const bool noisy = snapshot.data().clean_labels.size() > 0;
  figure.caption = caption_start(snapshot) + ". The share of right answers";
  if (std::isfinite(given)) figure.caption += ", $" + number_tex(given) + "$ by the labels given";
  if (noisy) figure.caption += ", $" + number_tex(clean) + "$ by the labels before noise";
  if (std::isfinite(ece)) figure.caption += "; expected calibration error $" + number_tex(ece) + "$";
  figure.caption += ".";
  const StepCurve right = metric_curve(snapshot, kAccuracyAt), before = metric_curve(snapshot, kCleanAt);
  std::vector<double> shown = right.y;
  shown.insert(shown.end(), before.y.begin(), before.y.end());
  auto [lo, hi] = range_of(shown, 0.12);
  Panel panel =
      step_panel(snapshot, {std::max(0.0, std::min(lo, hi - 0.1)), std::min(1.02, std::max(hi, lo + 0.1))});
  panel.title = "Accuracy";
  Line& line = add_curve(figure, panel, "labels given", right, snapshot.state.step, {Role::lane, 0}, 2.2);
  if (noisy) line.label = "labels given", line.name_at_end = true, line.label_at = 0.3;
  if (noisy) {
    Line& other = add_curve(figure, panel, "before noise", before, snapshot.state.step, {Role::lane, 1}, 2,
                            series_dash(1));
    other.label = "before noise", other.name_at_end = true, other.label_at = 0.7;
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
