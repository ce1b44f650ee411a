// The two laws, claimed against computed: both agree where points lie on the diagonal.
#include <algorithm>
#include <cmath>

#include "core/labs/attention/figures/formulas.h"
#include "core/labs/attention/figures/list.h"
#include "core/labs/attention/model/checks.h"
#include "core/labs/kit/figure_parts.h"

namespace iem {
namespace {

// Dots of one colour on a square panel with the diagonal.
Panel diagonal_panel(Figure& figure, double reach) {
  Panel panel;
  panel.x.label = "claimed";
  panel.y.label = "computed";
  panel.x.lo = panel.y.lo = -reach;
  panel.x.hi = panel.y.hi = reach;
  panel.x.max_ticks = panel.y.max_ticks = 3;
  panel.equal_aspect = true;
  panel.grid = false;
  Line diagonal{.series = "diagonal", .x = {}, .y = {}, .ink = {Role::faint}, .width_px = 1};
  diagonal.x = diagonal.y = figure.own({-reach, reach});
  panel.marks.push_back(diagonal);
  return panel;
}

double reach_of(const Eigen::MatrixXd& claimed) {
  double most = 0;
  for (const double v : claimed.reshaped())
    if (std::isfinite(v)) most = std::max(most, std::abs(v));
  return most > 0 ? 1.15 * most : 1;
}

// The finite pairs, column by column, each in the colour of its column's key.
void add_dots(Figure& figure, Panel& panel, const char* name, const std::vector<int>& keys,
              const Eigen::MatrixXd& claimed, const Eigen::MatrixXd& computed) {
  std::vector<double> x, y;
  Scatter dots{.series = name, .x = {}, .y = {}};
  for (Eigen::Index c = 0; c < claimed.cols(); ++c)
    for (Eigen::Index r = 0; r < claimed.rows(); ++r) {
      if (!std::isfinite(claimed(r, c)) || !std::isfinite(computed(r, c))) continue;
      x.push_back(claimed(r, c));
      y.push_back(computed(r, c));
      dots.groups.push_back(keys[static_cast<std::size_t>(c)]);
    }
  dots.x = figure.own(std::move(x));
  dots.y = figure.own(std::move(y));
  dots.radius_px = 2.4;
  dots.halo_px = 0.5;
  panel.marks.push_back(std::move(dots));
}

}  // namespace

Figure routing_law_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "routing_law", .title = "Routing law", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) +
                   ". $\\partial J/\\partial s_{ij}$ by complex step of the scalar $J$ (computed) against "
                   "$" +
                   routing_law_formula(snapshot.temperature) +
                   "$ (claimed), "
                   "$b_{ij} = u_i\\cdot v_j$.";
  const IdentitySample& sample = snapshot.identity;
  Panel panel = diagonal_panel(figure, reach_of(sample.claimed));
  panel.title = "Routing law";
  add_dots(figure, panel, "key", {sample.columns.begin(), sample.columns.end()}, sample.claimed,
           sample.computed);
  const int pinned = shown_query(snapshot, view);
  for (std::size_t r = 0; r < sample.points.size(); ++r) {
    if (sample.points[r] != pinned) continue;
    for (Eigen::Index c = 0; c < sample.claimed.cols(); ++c) {
      const auto row = static_cast<Eigen::Index>(r);
      Marker marker{.series = "pinned", .x = sample.claimed(row, c), .y = sample.computed(row, c)};
      const auto key = static_cast<int>(sample.columns[static_cast<std::size_t>(c)]);
      marker.shape = Shape::prototype;
      marker.ink = {Role::mark, key, 1};
      marker.radius_px = 4.5;
      marker.halo_px = 1;
      if (std::isfinite(marker.x)) panel.marks.push_back(std::move(marker));
    }
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure value_law_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "value_law", .title = "Value law", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) +
                   ". $\\partial J/\\partial v_j$ by complex step of the scalar $J$ (computed) against "
                   "$\\sum_i \\alpha_{ij}u_i$ (claimed), for some keys.";
  const LawSample sample = value_sample(snapshot);
  Panel panel = diagonal_panel(figure, reach_of(sample.claimed));
  panel.title = "Value law";
  add_dots(figure, panel, "value", {sample.rows.begin(), sample.rows.end()}, sample.claimed.transpose(),
           sample.computed.transpose());
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
