// Whether units are alive and different: the variances of their distances, with the line below which a unit
// is dead, and their correlations, whose squares sum to the redundancy.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/number.h"
#include "core/figure/ticks.h"
#include "core/labs/layer/figures/list.h"

namespace iem {
namespace {

constexpr double kFullColour = 0.5;  // a correlation of this size

// The variances at the start, where the run still has them.
std::vector<double> first_variances(const Snapshot& snapshot) {
  const std::vector<Track::Row> rows = snapshot.history.trails();
  std::vector<double> out;
  if (rows.empty() || rows.front().step != 0) return out;
  for (std::size_t at = 1; at < rows.front().numbers.size(); at += 2) out.push_back(rows.front().numbers[at]);
  return out;
}

std::string redundancy_tex(const Snapshot& snapshot) {
  const double redundancy = snapshot.evaluation.metrics[kRedundancy];
  return std::isfinite(redundancy) ? "=" + number_tex(redundancy) : "";
}

// Shapes of units beside rows and above columns.
void add_shapes(Panel& panel, int k) {
  const double edge = 0.55;
  for (int j = 0; j < k; ++j)
    for (const bool above : {true, false}) {
      Marker shape{.series = "unit " + std::to_string(j + 1),
                   .x = above ? j + 0.5 : -edge,
                   .y = above ? k + edge : k - j - 0.5,
                   .shape = Shape::prototype,
                   .ink = {Role::mark, j, 1}};
      shape.radius_px = 4.5;
      shape.halo_px = 0;
      panel.marks.push_back(std::move(shape));
    }
  panel.x.lo = -1.1, panel.y.hi = k + 1.1;
}

Line row_frame(Figure& figure, int k, int row) {
  Line line{.series = "unit", .x = {}, .y = {}, .ink = {Role::accent}, .width_px = 1.6};
  const double y = k - row;
  line.x = figure.own({0, static_cast<double>(k), static_cast<double>(k), 0, 0});
  line.y = figure.own({y - 1, y - 1, y, y, y - 1});
  return line;
}

// Names the unit with the largest and the one with the smallest correlation to `unit`, right of the map.
void add_most_alike(Panel& panel, const Eigen::MatrixXd& r, int unit) {
  const auto k = static_cast<int>(r.rows());
  int like = -1, unlike = -1;
  for (int j = 0; j < k; ++j) {
    if (j == unit || !std::isfinite(r(unit, j))) continue;
    if (like < 0 || r(unit, j) > r(unit, like)) like = j;
    if (unlike < 0 || r(unit, j) < r(unit, unlike)) unlike = j;
  }
  if (like < 0) return;
  const double x = 1.1 * k;
  double y = 0.95 * k;
  const auto add = [&](const std::string& words, Role role, bool bold) {
    Text text{.x = x, .y = y, .text = words, .ink = {role}};
    text.bold = bold;
    panel.marks.push_back(std::move(text));
    y -= 0.17 * k;
  };
  const auto named = [&](int j) {
    return "unit " + std::to_string(j + 1) + "  " + format_fixed(r(unit, j), 2);
  };
  add("unit " + std::to_string(unit + 1), Role::ink, true);
  add("most like", Role::muted, false);
  add(named(like), Role::ink, false);
  add("most unlike", Role::muted, false);
  add(named(unlike), Role::ink, false);
  panel.x.hi = 2.1 * k;
}

}  // namespace

Figure layer_variances_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "variances", .title = "Variance", .caption = {}, .panels = {}, .keep = {}};
  const Eigen::VectorXd v = snapshot.evaluation.statistics.col(kUnitVariance);
  const auto k = static_cast<int>(v.size());
  const auto dead = static_cast<int>(snapshot.evaluation.metrics[kDeadUnits]);
  figure.caption = caption_start(snapshot) +
                   ". The variance $V_j$ of each unit's distances over the points. Dashed: " +
                   "0.01, below which a unit is dead: " + std::to_string(dead) + " of " + std::to_string(k) +
                   ". Ticks: at the start.";
  const std::vector<double> start = first_variances(snapshot);
  double lo = 1e-3, hi = 1;
  for (const double each : v)
    if (std::isfinite(each) && each > 0)
      lo = std::min(lo, std::max(each / 3, 1e-12)), hi = std::max(hi, 6 * each);
  for (const double each : start)
    if (std::isfinite(each)) hi = std::max(hi, 2 * each);
  Panel panel;
  panel.title = "Variance";
  panel.title_tex = "V_j=\\mathrm{Var}(d_j)";
  panel.grid = false;
  panel.x = {.label = k > kUnitsWithShapes ? "unit" : "", .lo = 0.3, .hi = k + 0.7, .whole = true};
  panel.x.ticks = k > kUnitsWithShapes;
  panel.y = {.lo = lo, .hi = std::min(hi, 1e300), .scale = Scale::log10, .max_ticks = 3};
  Bars bars{.series = "variance",
            .x = {},
            .y = {},
            .ink = {},
            .width = k > kUnitsWithShapes ? 0.7 : 0.62,
            .base = lo};
  std::vector<double> x, y;
  const int chosen = is_unit_chosen(snapshot, view) ? shown_unit(snapshot, view) : -1;
  for (int j = 0; j < k; ++j) {
    x.push_back(j + 1);
    y.push_back(std::isfinite(v[j]) ? std::clamp(v[j], 1.6 * lo, panel.y.hi) : 1.6 * lo);
    bars.ink.push_back(v[j] < kDeadBelow       ? Ink{Role::bad}
                       : k <= kUnitsWithShapes ? Ink{Role::mark, j, 1}
                       : j == chosen           ? Ink{Role::accent}
                                               : Ink{Role::ink, 0, 0.72});
  }
  bars.x = figure.own(x);
  bars.y = figure.own(y);
  panel.marks.push_back(std::move(bars));
  Line line{.series = "dead", .x = {}, .y = {}, .ink = {Role::bad}, .width_px = 1.2, .dash = Dash::dashed};
  line.x = figure.own({panel.x.lo, panel.x.hi});
  line.y = figure.own({kDeadBelow, kDeadBelow});
  panel.marks.push_back(std::move(line));
  for (std::size_t j = 0; j < start.size() && start.size() == x.size() && snapshot.state.step > 0; ++j) {
    if (!(start[j] > lo)) continue;
    const double half = k > kUnitsWithShapes ? 0.35 : 0.31;
    Arrow tick{"start", x[j] - half, start[j], x[j] + half, start[j], {Role::ink}, 1.4};
    tick.head_length_px = tick.head_width_px = 0;
    tick.halo = false;
    panel.marks.push_back(std::move(tick));
  }
  for (int j = 0; j < k && k <= kUnitsWithShapes; ++j) {
    Text number{.x = j + 1.0,
                .y = y[static_cast<std::size_t>(j)],
                .text = format_number(v[j], 3),
                .ink = {Role::ink}};
    number.dy_px = -6;
    number.anchor = Anchor::centre;
    panel.marks.push_back(std::move(number));
    Marker shape{.series = "unit " + std::to_string(j + 1),
                 .x = j + 1.0,
                 .y = lo,
                 .shape = Shape::prototype,
                 .ink = {Role::mark, j, 1}};
    shape.radius_px = 4.5;
    shape.halo_px = 1.5;
    panel.marks.push_back(std::move(shape));
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure layer_correlation_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "correlation", .title = "Correlation", .caption = {}, .panels = {}, .keep = {}};
  const auto k = static_cast<int>(layer_of(snapshot).units());
  const Eigen::MatrixXd r = snapshot.evaluation.statistics.rightCols(k);
  const bool few = k <= kUnitsWithShapes;
  figure.caption =
      caption_start(snapshot) + ". $R_{jk}$: how the distances of two units go together over the points";
  figure.caption += few ? "." : ", from $-0.5$ (red) to $0.5$ (blue).";
  const std::string redundancy = redundancy_tex(snapshot);
  figure.caption += redundancy.empty()
                        ? " While a unit is dead, what is left of its correlations says nothing."
                        : " Redundancy $\\sum_{j\\neq k}R_{jk}^2" + redundancy + "$.";
  std::vector<double> values;
  for (int i = 0; i < k; ++i)
    for (int j = 0; j < k; ++j)
      values.push_back(i == j || !std::isfinite(r(i, j)) ? std::numeric_limits<double>::quiet_NaN()
                                                         : r(i, j));
  Heatmap map{.series = "correlation", .rows = k, .columns = k};
  map.values = figure.own(std::move(values));
  map.x1 = map.y1 = k;
  map.is_signed = true;
  map.limit = kFullColour;
  map.cell_text = few;
  Panel panel;
  panel.title = "Correlation";
  panel.title_tex = "\\|R-I\\|^2_F" + redundancy;
  panel.grid = false;
  panel.x = {.lo = 0, .hi = static_cast<double>(k)};
  panel.y = {.lo = 0, .hi = static_cast<double>(k)};
  panel.x.ticks = panel.y.ticks = false;
  panel.equal_aspect = !few;
  panel.marks.push_back(std::move(map));
  const int unit = shown_unit(snapshot, view);
  if (few)
    add_shapes(panel, k);
  else
    add_most_alike(panel, r, unit);
  const bool chosen = is_unit_chosen(snapshot, view);
  if (chosen || !few) panel.marks.push_back(row_frame(figure, k, unit));
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
