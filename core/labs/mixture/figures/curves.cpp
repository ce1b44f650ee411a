// Curves over steps: loss, usage, entropy. The past is solid, the known future pale.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/number.h"
#include "core/labs/mixture/figures/formulas.h"
#include "core/labs/mixture/figures/list.h"
#include "core/labs/mixture/figures/words.h"

namespace iem {
namespace {

constexpr int kNamedCurves = 12;  // more names are a list, not a plot

// Adds the curve of J of the held-out points; the caption gives both values and the BIC.
void add_held_out(Figure& figure, const Snapshot& snapshot) {
  const StepCurve held_out = metric_curve(snapshot, "held_out_loss");
  Panel& panel = figure.panels.front();
  const auto [lo, hi] = range_of(held_out.y, 0.08);
  panel.y.lo = std::min(panel.y.lo, lo), panel.y.hi = std::max(panel.y.hi, hi);
  Line line{.series = "held out", .x = figure.own(held_out.steps), .y = figure.own(held_out.y)};
  line.ink = {Role::warn};
  line.width_px = 1.8;
  line.dash = Dash::dashed;
  line.label = "held out";
  line.name_at_end = true;
  for (Mark& mark : panel.marks)
    if (auto* own = std::get_if<Line>(&mark); own && own->series == "loss")
      own->label = "points used", own->name_at_end = true;
  panel.marks.push_back(std::move(line));

  const Eigen::VectorXd& metrics = snapshot.evaluation.metrics;
  figure.caption += " $J=" + number_tex(snapshot.evaluation.loss) + "$; of the points held out $" +
                    number_tex(metrics[2]) + "$";
  if (std::isfinite(metrics[3])) figure.caption += "; BIC $" + number_tex(metrics[3], 5) + "$";
  figure.caption += ".";
}

}  // namespace

Figure loss_figure(const Snapshot& snapshot, const View&) {
  const MixtureOptions& options = mixture_of(snapshot).options();
  Figure figure{.id = "loss", .title = "Loss", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". $" + loss_tex(options) + "$";
  if (options.objective == Objective::log_sum_exp && options.responsibility != Responsibility::softmax)
    figure.caption += ", $" + regulariser_tex(options.responsibility) + "$";
  figure.caption += ", minimised." + falling_words(snapshot);
  figure.panels.push_back(loss_panel(figure, snapshot));
  if (mixture_of(snapshot).options().compare_held_out) add_held_out(figure, snapshot);
  return figure;
}

Figure usage_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "usage", .title = "Usage", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". $N_j/N$ with $N_j = \\sum_i r_{ij}$.";
  Panel panel = step_panel(snapshot, {0, 1});
  panel.title = "Usage";
  panel.title_tex = "N_j/N";
  const std::vector<Track::Row> trails = snapshot.history.trails();
  const int k = mixture_of(snapshot).components();
  for (int j = 0; j < k; ++j) {
    StepCurve share;
    for (const auto& [step, row] : trails) {
      const auto at = static_cast<std::size_t>(3 * j + 2);
      share.steps.push_back(static_cast<double>(step));
      share.y.push_back(at < row.size() ? row[at] : std::numeric_limits<double>::quiet_NaN());
    }
    const std::string name = "prototype " + std::to_string(j + 1);
    Line& line = add_curve(figure, panel, name, share, snapshot.state.step, {Role::line, j, 1}, 1.8,
                           series_dash(j), Shape::prototype);
    if (k <= kNamedCurves) line.label = name, line.name_at_end = true;
    line.label_at = (j + 0.5) / k;
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure entropy_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "entropy", .title = "Entropy", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". Mean over points of $-\\sum_j r_{ij}\\log r_{ij}$, in nats.";
  const StepCurve entropy = metric_curve(snapshot, "entropy");
  const auto [lo, hi] = range_of(entropy.y, 0.08);
  Panel panel = step_panel(snapshot, {std::min(lo, 0.0), hi});
  panel.y.label = "entropy", panel.y.unit = "nats";
  panel.title = "Entropy";
  add_curve(figure, panel, "entropy", entropy, snapshot.state.step, {Role::accent}, 2.2);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
