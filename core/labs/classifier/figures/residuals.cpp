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

// The pull of each point on all energies together, and the points by it, the largest first.
struct Pulls {
  std::vector<double> strength, cumulative;  // by point; by rank: the share of all pull so far
  std::vector<std::size_t> order;
  double all = 0;
  std::size_t half = 0, silent = 0;  // how many points make up half of all; how many pull on nothing
};

Pulls pulls_of(const Snapshot& snapshot) {
  Pulls out;
  for (Eigen::Index i = 0; i < snapshot.data().size(); ++i) {
    const double s = strength_at(snapshot, i);
    out.strength.push_back(std::isfinite(s) ? s : 0);
  }
  out.order.resize(out.strength.size());
  std::iota(out.order.begin(), out.order.end(), std::size_t{0});
  std::ranges::stable_sort(out.order,
                           [&](std::size_t a, std::size_t b) { return out.strength[a] > out.strength[b]; });
  out.all = std::accumulate(out.strength.begin(), out.strength.end(), 0.0);
  double sum = 0;
  for (const std::size_t i : out.order) {
    if (sum < 0.5 * out.all) ++out.half;
    sum += out.strength[i];
    out.silent += out.strength[i] == 0 ? 1 : 0;
    out.cumulative.push_back(out.all > 0 ? sum / out.all : 0);
  }
  return out;
}

std::string words_of_pulls(const Pulls& pulls) {
  if (!(pulls.all > 0)) return "No point pulls on anything.";
  return "Half of all pull comes from $" + number_tex(static_cast<double>(pulls.half)) + "$ of $" +
         number_tex(static_cast<double>(pulls.order.size())) + "$ points; $" +
         number_tex(static_cast<double>(pulls.silent)) +
         "$ pull on nothing. Below: the share of all pull that the first points make up.";
}

// In the colour and the shape of the label.
Scatter pulling_points(Figure& figure, const Snapshot& snapshot, const Pulls& pulls) {
  const auto count = pulls.order.size(), k = static_cast<std::size_t>(classifier_of(snapshot).classes());
  Scatter points{.series = "points", .x = {}, .y = {}};
  points.ink = {Role::muted, 0, 1};
  std::vector<double> rank, value, weights(count * k, 0.0);
  for (std::size_t p = 0; p < count; ++p) {
    const std::size_t point = pulls.order[p];
    rank.push_back(static_cast<double>(p) + 1);
    value.push_back(pulls.strength[point]);
    const int label = label_of_point(snapshot, static_cast<Eigen::Index>(point));
    const std::vector<double> shares = evidence_shares(snapshot, point, label, k);
    for (std::size_t j = 0; j < k; ++j) weights[j * count + p] = shares[j];
    if (!experts_of(snapshot)) points.forms.push_back(label);
  }
  points.x = figure.own(std::move(rank)), points.y = figure.own(std::move(value));
  points.weights = figure.own(std::move(weights));
  points.components = static_cast<int>(k);
  points.radius_px = 2.6;
  points.halo_px = 0.5;
  return points;
}

void add_pinned_pull(Panel& panel, const Pulls& pulls, int pinned) {
  for (std::size_t p = 0; p < pulls.order.size(); ++p) {
    if (static_cast<int>(pulls.order[p]) != pinned) continue;
    Marker here{.series = "pinned",
                .x = static_cast<double>(p) + 1,
                .y = pulls.strength[pulls.order[p]],
                .shape = Shape::ring,
                .ink = {Role::accent}};
    here.radius_px = 5.5;
    here.hollow = true;
    panel.marks.push_back(std::move(here));
  }
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
  Figure figure{.id = "residuals", .title = "Residuals", .caption = {}, .panels = {}, .keep = {}};
  Pulls pulls = pulls_of(snapshot);
  const std::string pull = "\\sum_j|" + residual_tex(classifier_of(snapshot), true) + "|";
  figure.caption = caption_start(snapshot) + ". The pull of each point on all energies together, $" + pull +
                   "$, the largest first. " + words_of_pulls(pulls);
  const double largest = pulls.order.empty() ? 0 : pulls.strength[pulls.order[0]];
  Panel panel;
  panel.height = 0.65;
  panel.title = "Residuals";
  panel.title_tex = pull;
  panel.x = {
      .label = "points, by pull", .lo = 0, .hi = static_cast<double>(pulls.order.size()) + 1, .whole = true};
  panel.y = {.label = "pull", .lo = 0, .hi = 1.05 * std::max(kMostStrength, largest), .max_ticks = 3};
  Scatter points = pulling_points(figure, snapshot, pulls);
  Panel below = share_panel(panel.x, points.x, figure.own(std::move(pulls.cumulative)));
  panel.marks.push_back(std::move(points));
  add_pinned_pull(panel, pulls, pinned_point(snapshot, view));
  figure.panels.push_back(std::move(panel));
  figure.panels.push_back(std::move(below));
  return figure;
}

}  // namespace iem
