// The residual of each point's own label, the largest first, and the share of the total pull that the first
// points make up.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/number.h"
#include "core/labs/classifier/figures/formulas.h"
#include "core/labs/classifier/figures/list.h"
#include "core/labs/classifier/model/experts.h"

namespace iem {
namespace {

constexpr double kMostStrength = 2;  // of sum_j |pull|: 1 towards the label, 1 away from others

// The colour of a point as shares of classes: its label's class, r* for experts, or equal shares where there
// is neither.
std::vector<double> evidence_shares(const Snapshot& snapshot, std::size_t point, int label, std::size_t k) {
  if (experts_of(snapshot)) {
    std::vector<double> shares = row_of_point(snapshot, static_cast<Eigen::Index>(point)).clamped;
    if (std::ranges::all_of(shares, [](double share) { return std::isfinite(share); })) return shares;
  }
  std::vector<double> out(k, label < 0 ? 1 / static_cast<double>(k) : 0);
  if (label >= 0) out[static_cast<std::size_t>(label)] = 1;
  return out;
}

// The share of all pull that the first points make up, over the same points.
Panel share_panel(const Axis& points, Values rank, Values shares) {
  Panel out;
  out.height = 0.35;
  out.title = "Share of all pull";
  out.x = points;
  out.y = {.label = "share", .lo = 0, .hi = 1.05, .max_ticks = 3, .share = true};
  Line line{.series = "share of all pull", .x = rank, .y = shares, .ink = {Role::accent}, .width_px = 1.6};
  out.marks.push_back(std::move(line));
  return out;
}

}  // namespace

Figure residuals_figure(const Snapshot& snapshot, const View& view) {
  const Classifier& model = classifier_of(snapshot);
  const Dataset& data = snapshot.data();
  Figure figure{.id = "residuals", .title = "Residuals", .caption = {}, .panels = {}, .keep = {}};
  std::vector<double> strength;
  std::vector<int> labels;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    const double s = strength_at(snapshot, i);
    strength.push_back(std::isfinite(s) ? s : 0);
    labels.push_back(label_of_point(snapshot, i));
  }
  std::vector<std::size_t> order(strength.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return strength[a] > strength[b]; });
  const double all = std::accumulate(strength.begin(), strength.end(), 0.0);
  double sum = 0;
  std::size_t half = 0, silent = 0;
  std::vector<double> rank, value, cumulative;
  for (const std::size_t i : order) {
    if (sum < 0.5 * all) ++half;
    sum += strength[i];
    silent += strength[i] == 0 ? 1 : 0;
    rank.push_back(static_cast<double>(rank.size()) + 1);
    value.push_back(strength[i]);
    cumulative.push_back(all > 0 ? sum / all : 0);
  }
  const auto n = static_cast<double>(data.size());
  figure.caption = caption_start(snapshot) + ". The pull of each point on all energies together, $\\sum_j|" +
                   residual_tex(model, true) + "|$, the largest first. ";
  if (all > 0)
    figure.caption += "Half of all pull comes from $" + number_tex(static_cast<double>(half)) + "$ of $" +
                      number_tex(n) + "$ points; $" + number_tex(static_cast<double>(silent)) +
                      "$ pull on nothing. Below: the share of all pull that the first points make up.";
  else
    figure.caption += "No point pulls on anything.";
  Panel panel;
  panel.height = 0.65;
  panel.title = "Residuals";
  panel.title_tex = "\\sum_j|" + residual_tex(model, true) + "|";
  panel.x = {.label = "points, by pull", .lo = 0, .hi = n + 1, .whole = true};
  panel.y = {.label = "pull", .lo = 0, .hi = 1.05 * std::max(kMostStrength, value.empty() ? 0 : value[0])};
  panel.y.max_ticks = 3;
  Scatter points{.series = "points", .x = figure.own(std::move(rank)), .y = figure.own(std::move(value))};
  points.ink = {Role::muted, 0, 1};
  // In the colour and the shape of the label.
  const auto count = order.size(), k = static_cast<std::size_t>(model.classes());
  std::vector<double> weights(count * k, 0.0);
  for (std::size_t p = 0; p < count; ++p) {
    const int label = labels[order[p]];
    const std::vector<double> shares = evidence_shares(snapshot, order[p], label, k);
    for (std::size_t j = 0; j < k; ++j) weights[j * count + p] = shares[j];
    if (!experts_of(snapshot)) points.forms.push_back(label);
  }
  points.weights = figure.own(std::move(weights));
  points.components = static_cast<int>(k);
  points.radius_px = 2.6;
  points.halo_px = 0.5;
  Panel below = share_panel(panel.x, points.x, figure.own(std::move(cumulative)));
  panel.marks.push_back(std::move(points));
  const int pinned = pinned_point(snapshot, view);
  for (std::size_t p = 0; p < count; ++p) {
    if (static_cast<int>(order[p]) != pinned) continue;
    Marker here{.series = "pinned",
                .x = static_cast<double>(p) + 1,
                .y = strength[order[p]],
                .shape = Shape::ring,
                .ink = {Role::accent}};
    here.radius_px = 5.5;
    here.hollow = true;
    panel.marks.push_back(std::move(here));
  }
  figure.panels.push_back(std::move(panel));
  figure.panels.push_back(std::move(below));
  return figure;
}

}  // namespace iem
