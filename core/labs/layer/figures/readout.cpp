// Figures of the read-out: the pinned point's class probabilities without its label and with it, and the
// confusion of classes.
#include <algorithm>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/figure/ticks.h"
#include "core/labs/layer/figures/inspection.h"
#include "core/labs/layer/figures/list.h"

namespace iem {
namespace {

constexpr int kNamedClasses = 12;

Figure no_readout_figure(const char* id, const char* title, const Snapshot& snapshot) {
  return sentence_figure({id, title, ""}, "Only a layer with a read-out has classes.",
                         caption_start(snapshot) + ". ");
}

Bars class_bars(Figure& figure, const std::string& series, std::vector<double> x, std::vector<double> y,
                double width) {
  Bars bars{.series = series, .x = {}, .y = {}, .ink = {}, .width = width, .base = 0, .horizontal = true};
  for (std::size_t c = 0; c < x.size(); ++c) bars.ink.push_back({Role::mark, static_cast<int>(c), 1});
  bars.x = figure.own(std::move(x));
  bars.y = figure.own(std::move(y));
  return bars;
}

// The predicted class of each point: that of the largest logit, the first of several. Adding a constant to
// all distances of a point changes its logits (by W_2 times the constant), so the calibrated read-out needs
// L.
std::vector<int> predicted_classes(const Snapshot& snapshot) {
  const Layer& model = layer_of(snapshot);
  const Theta& theta = snapshot.state.theta;
  Eigen::MatrixXd t = ((snapshot.data().points * model.weights(theta).transpose()).rowwise() +
                       model.offsets(theta).transpose())
                          .unaryExpr([&](double z) { return line_distance(model.options().distance, z); });
  const double tau = snapshot.temperature;
  for (Eigen::Index i = 0; model.options().calibrate && i < t.rows(); ++i) {
    const double least = t.row(i).minCoeff();
    t.row(i).array() +=
        tau * libm::log(((least - t.row(i).array()) / tau).unaryExpr(libm::Exp()).sum()) - least;
  }
  const Eigen::MatrixXd logits =
      (t * model.readout(theta).transpose()).rowwise() + model.readout_offsets(theta).transpose();
  std::vector<int> out;
  for (Eigen::Index i = 0; i < logits.rows(); ++i) {
    Eigen::Index best = 0;
    logits.row(i).maxCoeff(&best);
    out.push_back(static_cast<int>(best));
  }
  return out;
}

}  // namespace

Figure layer_clamp_figure(const Snapshot& snapshot, const View& view) {
  if (!layer_of(snapshot).options().has_readout()) return no_readout_figure("clamp", "Clamp", snapshot);
  const Dataset& data = snapshot.data();
  const int point = std::max(shown_point(snapshot, view), 0), label = data.labels[point];
  const std::vector<double> p = layer_prediction(snapshot, point);
  Figure figure{.id = "clamp", .title = "Clamp", .caption = {}, .panels = {}, .keep = {}};
  figure.caption =
      caption_start(snapshot) + ", point " + std::to_string(point) +
      ". Left: $p_c$, without the label. Right: $1[c=y]$, with it. Below each: their difference, $\\partial "
      "J_{\\mathrm{ce},i}/\\partial s_c$ with the sign turned, $s$ the logits.";
  std::vector<double> left, right, residual, rows, below;
  for (std::size_t c = 0; c < p.size(); ++c) {
    const double given = label < 0 ? p[c] : static_cast<int>(c) == label ? 1 : 0;
    rows.push_back(-static_cast<double>(c));
    below.push_back(-static_cast<double>(c) - 0.36);
    left.push_back(-p[c]);
    right.push_back(given);
    residual.push_back(given - p[c]);
  }
  Panel panel;
  panel.title = "Clamp";
  panel.title_tex = "p\\ \\mathrm{and}\\ 1[c=y]";
  panel.grid = false;
  panel.x = {.label = "p to the left, the label to the right", .lo = -1.55, .hi = 1.45};
  panel.y = {.lo = -static_cast<double>(p.size()) - 0.1, .hi = 0.6};  // below the bars the axis' name
  panel.y.ticks = false;
  panel.height = std::max(1.0, static_cast<double>(std::min<std::size_t>(p.size(), kNamedClasses)) / 4);
  panel.marks.push_back(class_bars(figure, "p", left, rows, 0.42));
  panel.marks.push_back(class_bars(figure, "label", right, rows, 0.42));
  Bars pull = class_bars(figure, "residual", residual, below, 0.16);
  pull.ink = {Ink{Role::ink}};
  panel.marks.push_back(std::move(pull));
  for (std::size_t c = 0; c < p.size() && p.size() <= kNamedClasses; ++c) {
    Text name{-1.52, rows[c], label_words(data, static_cast<int>(c)), false, {Role::muted}};
    name.dy_px = 4;
    panel.marks.push_back(std::move(name));
    Text number{1.42, rows[c], format_fixed(residual[c], 3), false, {Role::ink}};
    number.dy_px = 4;
    number.anchor = Anchor::right;
    panel.marks.push_back(std::move(number));
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure layer_confusion_figure(const Snapshot& snapshot, const View& view) {
  if (!layer_of(snapshot).options().has_readout())
    return no_readout_figure("confusion", "Confusion", snapshot);
  const Dataset& data = snapshot.data();
  const auto k = static_cast<int>(layer_of(snapshot).options().classes);
  const std::vector<int> predicted = predicted_classes(snapshot);
  std::vector<double> counts(static_cast<std::size_t>(k * k), 0);
  for (std::size_t i = 0; i < predicted.size(); ++i)
    if (const int label = data.labels[static_cast<Eigen::Index>(i)]; label >= 0)
      ++counts[static_cast<std::size_t>(label * k + predicted[i])];
  Figure figure{.id = "confusion", .title = "Confusion", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) +
                   ". Rows: the label; columns: the class with the largest $p$; how many points. " +
                   "Right: $" + number_tex(100 * snapshot.evaluation.metrics[kReadoutAccuracy]) +
                   "$ of a hundred.";
  Heatmap map{.series = "confusion", .rows = k, .columns = k};
  map.values = figure.own(std::move(counts));
  const Values counted = map.values;
  map.x1 = map.y1 = k;
  map.limit = 1.8 * std::max(1.0, *std::ranges::max_element(map.values));  // so that ink can be read on it
  Panel panel;
  panel.title = "Confusion";
  panel.grid = false;
  panel.x = {.label = "class given", .lo = 0, .hi = static_cast<double>(k)};
  panel.y = {.label = "label", .lo = 0, .hi = static_cast<double>(k), .downwards = true};
  panel.x.ticks = panel.y.ticks = false;
  panel.marks.push_back(std::move(map));
  for (int cell = 0; k <= kNamedClasses && cell < k * k; ++cell) {
    Text count{cell % k + 0.5,
               k - cell / k - 0.5,
               format_number(counted[static_cast<std::size_t>(cell)]),
               false,
               {Role::ink}};
    count.dy_px = 4;
    count.anchor = Anchor::centre;
    count.row = 1;
    panel.marks.push_back(std::move(count));
  }
  const int point = shown_point(snapshot, view);
  if (point >= 0 && data.labels[point] >= 0) {
    const double x = predicted[static_cast<std::size_t>(point)], y = k - data.labels[point];
    Line frame{.series = "pinned", .x = {}, .y = {}, .ink = {Role::accent}, .width_px = 2};
    frame.x = figure.own({x, x + 1, x + 1, x, x});
    frame.y = figure.own({y - 1, y - 1, y, y, y - 1});
    panel.marks.push_back(std::move(frame));
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
