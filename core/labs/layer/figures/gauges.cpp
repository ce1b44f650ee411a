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

// Right of the map: names the unit with the largest and the one with the smallest correlation to `unit`; of
// dead ones there is nothing to say.
void add_most_alike(Panel& panel, const Eigen::MatrixXd& r, const Eigen::VectorXd& variance, int unit) {
  const auto k = static_cast<int>(r.rows());
  const auto is_dead = [&](int j) { return !(variance[j] >= kDeadBelow); };
  int like = -1, unlike = -1;
  for (int j = 0; j < k; ++j) {
    if (j == unit || is_dead(j) || !std::isfinite(r(unit, j))) continue;
    if (like < 0 || r(unit, j) > r(unit, like)) like = j;
    if (unlike < 0 || r(unit, j) < r(unit, unlike)) unlike = j;
  }
  if (like < 0 && !is_dead(unit)) return;
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
  panel.x.hi = 2.1 * k;
  const std::string name = "unit " + std::to_string(unit + 1);
  if (is_dead(unit)) return add(name + " is dead", Role::ink, true);
  add(name, Role::ink, true);
  add("most like", Role::muted, false);
  add(named(like), Role::ink, false);
  add("most unlike", Role::muted, false);
  add(named(unlike), Role::ink, false);
}

// The axes of the variances: units, and a scale of powers that begins below the least of them.
Panel variances_panel(const Eigen::VectorXd& v, const std::vector<double>& start) {
  const auto k = static_cast<int>(v.size());
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
  return panel;
}

// Where a unit's bar ends: one that is too short to be seen, or none, has a foot.
double top_of_bar(const Panel& panel, double variance) {
  const double foot = 1.6 * panel.y.lo;
  return std::isfinite(variance) ? std::clamp(variance, foot, panel.y.hi) : foot;
}

Bars variance_bars(Figure& figure, const Panel& panel, const Eigen::VectorXd& v, int chosen) {
  const auto k = static_cast<int>(v.size());
  Bars bars{.series = "variance",
            .x = {},
            .y = {},
            .ink = {},
            .width = k > kUnitsWithShapes ? 0.7 : 0.62,
            .base = panel.y.lo};
  std::vector<double> x, y;
  for (int j = 0; j < k; ++j) {
    x.push_back(j + 1);
    y.push_back(top_of_bar(panel, v[j]));
    bars.ink.push_back(v[j] < kDeadBelow       ? Ink{Role::bad}
                       : k <= kUnitsWithShapes ? Ink{Role::mark, j, 1}
                       : j == chosen           ? Ink{Role::accent}
                                               : Ink{Role::ink, 0, 0.72});
  }
  bars.x = figure.own(std::move(x));
  bars.y = figure.own(std::move(y));
  return bars;
}

void add_start_ticks(Panel& panel, const std::vector<double>& start) {
  const double half = static_cast<int>(start.size()) > kUnitsWithShapes ? 0.35 : 0.31;
  for (std::size_t j = 0; j < start.size(); ++j) {
    if (!(start[j] > panel.y.lo)) continue;
    const double x = static_cast<double>(j) + 1;
    Arrow tick{"start", x - half, start[j], x + half, start[j], {Role::ink}, 1.4};
    tick.head_length_px = tick.head_width_px = 0;
    tick.halo = false;
    panel.marks.push_back(std::move(tick));
  }
}

// The decimals that all variances of a figure have: three digits of the largest, and two below 100.
int variance_decimals(const Eigen::VectorXd& v) {
  constexpr int kMost = 4;
  double largest = 0;
  for (const double each : v)
    if (std::isfinite(each)) largest = std::max(largest, each);
  int decimals = largest >= 1000 ? 0 : largest >= 100 ? 1 : 2;
  for (double size = largest; size < 0.9995 && decimals < kMost; size *= 10) ++decimals;
  return decimals;
}

// A number of which these decimals would leave nothing, or which is too long with them, has a power.
std::string variance_words(double variance, int decimals) {
  constexpr double kLong = 1e5;
  const std::string fixed = format_fixed(variance, decimals);
  const bool says = fixed.find_first_of("123456789") != std::string::npos && variance < kLong;
  return says ? fixed : format_number(variance, 2);
}

// Over and under each bar, where there are few.
void add_variance_words(Panel& panel, const Eigen::VectorXd& v) {
  const int decimals = variance_decimals(v);
  for (int j = 0; j < static_cast<int>(v.size()); ++j) {
    Text number{.x = j + 1.0,
                .y = top_of_bar(panel, v[j]),
                .text = variance_words(v[j], decimals),
                .ink = {Role::ink}};
    number.dy_px = -6;
    number.anchor = Anchor::centre;
    panel.marks.push_back(std::move(number));
    Marker shape{.series = "unit " + std::to_string(j + 1),
                 .x = j + 1.0,
                 .y = panel.y.lo,
                 .shape = Shape::prototype,
                 .ink = {Role::mark, j, 1}};
    shape.radius_px = 4.5;
    shape.halo_px = 1.5;
    panel.marks.push_back(std::move(shape));
  }
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
  Panel panel = variances_panel(v, start);
  const int chosen = is_unit_chosen(snapshot, view) ? shown_unit(snapshot, view) : -1;
  panel.marks.push_back(variance_bars(figure, panel, v, chosen));
  Line line{.series = "dead", .x = {}, .y = {}, .ink = {Role::bad}, .width_px = 1.2, .dash = Dash::dashed};
  line.x = figure.own({panel.x.lo, panel.x.hi});
  line.y = figure.own({kDeadBelow, kDeadBelow});
  panel.marks.push_back(std::move(line));
  if (snapshot.state.step > 0 && static_cast<int>(start.size()) == k) add_start_ticks(panel, start);
  if (k <= kUnitsWithShapes) add_variance_words(panel, v);
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
    add_most_alike(panel, r, snapshot.evaluation.statistics.col(kUnitVariance), unit);
  const bool chosen = is_unit_chosen(snapshot, view);
  if (chosen || !few) panel.marks.push_back(row_frame(figure, k, unit));
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
