// Curves over steps: the loss beside the entropy of the chain, the entropy of predictions, and the two time
// scales.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/figure/log_axis.h"
#include "core/labs/attention/figures/list.h"
#include "core/labs/kit/figure_parts.h"

namespace iem {
namespace {

constexpr double kNameAt = 0.45;  // along the curve

// The entropy of the chain, a lower bound of the expected loss on new tokens; the loss on the training tokens
// may be lower.
void add_chain_entropy(Figure& figure, Panel& panel, const Snapshot& snapshot) {
  if (!snapshot.data().chain) return;
  const double h = snapshot.data().chain->entropy;
  const double margin = 0.06 * std::max(panel.y.hi - h, h - panel.y.lo);
  panel.y.lo = std::min(panel.y.lo, h - margin);
  panel.y.hi = std::max(panel.y.hi, h) + margin;
  Line entropy{.series = "entropy of the chain", .x = {}, .y = {}, .ink = {Role::faint}, .width_px = 1.5};
  entropy.x = figure.own({panel.x.lo, panel.x.hi});
  entropy.y = figure.own({h, h});
  entropy.dash = Dash::dashed;
  entropy.label = "entropy of the chain";
  entropy.label_at = 0.5;
  panel.marks.insert(panel.marks.begin(), std::move(entropy));
}

}  // namespace

Figure attention_loss_figure(const Snapshot& snapshot, const View&) {
  const bool regression = attention_of(snapshot).options().task == AttentionTask::regression;
  Figure figure{.id = "loss", .title = "Loss", .caption = {}, .panels = {}, .keep = {}};
  figure.caption =
      caption_start(snapshot) + (regression ? ". $J = \\frac1T\\sum_i \\frac12\\|o_i - y_i\\|^2$, minimised."
                                            : ". $J$: mean cross-entropy in nats, minimised.");
  if (snapshot.data().chain)
    figure.caption +=
        " Dashed: the entropy of the chain, below which no expected loss on fresh tokens lies; the loss on "
        "the "
        "tokens that are learned may.";
  Panel panel = loss_panel(figure, snapshot);
  add_chain_entropy(figure, panel, snapshot);
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure predictive_entropy_figure(const Snapshot& snapshot, const View&) {
  const FigureType type{"entropy", "Predictive entropy", ""};
  if (attention_of(snapshot).options().task == AttentionTask::regression)
    return sentence_figure(type, "A regression predicts points, which have no entropy.",
                           caption_start(snapshot) + ". ");
  Figure figure{.id = "entropy", .title = "Predictive entropy", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". Mean over positions of $-\\sum_c p_c\\log p_c$, in nats.";
  const StepCurve entropy = metric_curve(snapshot, "predictive_entropy");
  Panel panel = step_panel(snapshot, range_of(entropy.y, 0.08));
  panel.y.label = "entropy", panel.y.unit = "nats";
  panel.title = "Predictive entropy";
  add_curve(figure, panel, "entropy", entropy, snapshot.state.step, {Role::accent}, 2.2);
  add_chain_entropy(figure, panel, snapshot);
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure timescales_figure(const Snapshot& snapshot, const View&) {
  const FigureType type{"timescales", "Two time scales", ""};
  if (snapshot.last_step() < 1)
    return sentence_figure(type, "Nothing has changed before the first step.",
                           caption_start(snapshot) + ". ");
  Figure figure{.id = "timescales", .title = "Two time scales", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) +
                   ". Relative change of attention, $\\|\\alpha_t - \\alpha_{t-1}\\|/\\|\\alpha_t\\|$, and "
                   "of values, $\\|V_t - V_{t-1}\\|/\\|V_t\\|$.";
  // A drift of 0, as at step 0, has no logarithm: a gap in the drawn curve.
  const StepCurve routing = metric_curve(snapshot, "routing_drift"),
                  value = metric_curve(snapshot, "value_drift");
  double lo = std::numeric_limits<double>::infinity(), hi = 0;
  for (const StepCurve* curve : {&routing, &value})
    for (const double v : curve->y)
      if (v > 0) lo = std::min(lo, v), hi = std::max(hi, v);
  if (!(lo <= hi))
    return sentence_figure(type, "Neither routing nor values have changed.", caption_start(snapshot) + ". ");
  // Room for a name above and below, on the logarithmic axis.
  const double margin = std::max(1.8, libm::pow(hi / lo, 0.2));
  Panel panel = step_panel(snapshot, {lo / margin, hi * margin});
  panel.y.scale = Scale::log10;
  panel.title = "Two time scales";
  // The name of the upper curve stands above it, that of the lower one below, both clear of the axis' name in
  // the corner.
  const auto upper = [&](const StepCurve& a, const StepCurve& b) {
    const std::size_t at =
        a.index(static_cast<std::int64_t>(kNameAt * static_cast<double>(snapshot.state.step)));
    return !(at > 0 && a.y[at] < b.y[at]);
  };
  const auto add = [&](const char* name, const StepCurve& y, int index, bool above) {
    Line& curve =
        add_curve(figure, panel, name, y, snapshot.state.step, {Role::lane, index}, 2, series_dash(index));
    curve.name_at_end = true;
    curve.label = name;
    curve.label_at = kNameAt;
    curve.label_dy_px = above ? -8 : 8;
  };
  const bool value_above = upper(value, routing);
  add("value drift", value, 1, value_above);
  add("routing drift", routing, 0, !value_above);
  erase_unseen_markers(panel, false);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
