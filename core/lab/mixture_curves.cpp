// Curves over steps: loss, usage, entropy. Past solid, known future pale, other lanes grey.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "core/lab/mixture_figures.h"

namespace iem {
namespace {

// J of the points held out beside that of the others; the caption has both, and the BIC.
void add_held_out(Figure& figure, const Snapshot& snapshot) {
  const std::vector<double> held_out = snapshot.history.column(4);
  Panel& panel = figure.panels.front();
  const auto [lo, hi] = range_of(held_out, 0.08);
  panel.y.lo = std::min(panel.y.lo, lo), panel.y.hi = std::max(panel.y.hi, hi);
  std::vector<double> steps(held_out.size());
  std::iota(steps.begin(), steps.end(), 0.0);
  Line line{.series = "held out", .x = figure.own(std::move(steps)), .y = figure.own(held_out)};
  line.ink = {Role::warn};
  line.width_px = 1.8;
  line.dash = Dash::dashed;
  line.label = "held out";
  panel.marks.push_back(std::move(line));

  const Eigen::VectorXd& metrics = snapshot.evaluation.metrics;
  char text[96];
  std::snprintf(text, sizeof text, " J %.4g, held out %.4g", snapshot.evaluation.loss, metrics[2]);
  figure.caption += text;
  if (std::isfinite(metrics[3])) {
    std::snprintf(text, sizeof text, "; BIC %.5g", metrics[3]);
    figure.caption += text;
  }
  figure.caption += ".";
}

}  // namespace

Figure loss_figure(const Snapshot& snapshot, const View&) {
  Figure figure = log_sum_exp_loss(snapshot);
  if (mixture_of(snapshot).options().compare_held_out) add_held_out(figure, snapshot);
  return figure;
}

Figure usage_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "usage", .title = "Usage", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". $N_j/N$ with $N_j = \\sum_i r_{ij}$.";
  Panel panel = step_panel(snapshot, {0, 1});
  panel.title = "Usage";
  panel.title_tex = "N_j/N";
  for (int j = 0; j < mixture_of(snapshot).components(); ++j) {
    std::vector<double> share;
    for (std::int64_t step = 0; step <= snapshot.last_step(); ++step) {
      const std::span<const double> row = snapshot.history.trail(step);
      const auto at = static_cast<std::size_t>(3 * j + 2);
      share.push_back(at < row.size() ? row[at] : std::numeric_limits<double>::quiet_NaN());
    }
    add_curve(figure, panel, "prototype " + std::to_string(j + 1), share, snapshot.state.step,
              {Role::line, j, 1}, 1.8);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure entropy_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "entropy", .title = "Entropy", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". Mean over points of $-\\sum_j r_{ij}\\log r_{ij}$, in nats.";
  const std::vector<double> entropy = snapshot.history.column(2);
  const auto [lo, hi] = range_of(entropy, 0.08);
  Panel panel = step_panel(snapshot, {std::min(lo, 0.0), hi});
  panel.y.unit = "nats";
  panel.title = "Entropy";
  add_curve(figure, panel, "entropy", entropy, snapshot.state.step, {Role::accent}, 2.2);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
