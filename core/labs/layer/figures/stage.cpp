// The stage of points in the plane: one line for each unit with the band |z| < 1 and the normal up to z = 1,
// the points in the colours of their responsibilities, and the pinned point with its distances.
#include <algorithm>
#include <cmath>

#include "core/base/number.h"
#include "core/data/table_column.h"
#include "core/labs/kit/other_runs.h"
#include "core/labs/kit/prototype_handles.h"
#include "core/labs/layer/figures/formulas.h"
#include "core/labs/layer/figures/lines.h"
#include "core/labs/layer/figures/list.h"
#include "core/labs/layer/figures/phases.h"

namespace iem {
namespace {

constexpr double kLeastShown = 0.06;  // a share below has no dash from the pinned point

std::pair<double, double> plane_range(const Snapshot& snapshot, const View& view, int axis) {
  const Tensor& given = view.config.tensor(axis == 0 ? "view.x" : "view.y");
  if (given.data.size() == 2 && given.data[0] < given.data[1]) return {given.data[0], given.data[1]};
  const auto column = snapshot.data().points.col(axis);
  return range_of({column.data(), static_cast<std::size_t>(column.size())}, 0.08);
}

Axis plane_axis(const Snapshot& snapshot, const View& view, int axis) {
  TableColumn column = point_column(snapshot.data(), axis);
  const auto [lo, hi] = plane_range(snapshot, view, axis);
  return {.label = std::move(column.label), .unit = std::move(column.unit), .lo = lo, .hi = hi};
}

// A rectangle somewhat larger than the plot, so that lines reach over its edges.
struct Surroundings {
  double x0, x1, y0, y1;
  explicit Surroundings(const Panel& panel) {
    const double width = panel.x.hi - panel.x.lo, height = panel.y.hi - panel.y.lo;
    x0 = panel.x.lo - width, x1 = panel.x.hi + width, y0 = panel.y.lo - height, y1 = panel.y.hi + height;
  }
};

// The part of the line w . x + b = level inside the rectangle, empty where they do not meet (Liang & Barsky
// 1984).
std::vector<Eigen::Vector2d> part_inside(const UnitLine& line, double level, const Surroundings& s) {
  const Eigen::Vector2d from = line.mark + level * line.normal,
                        way = Eigen::Vector2d(-line.normal[1], line.normal[0]).normalized();
  double first = -1e300, last = 1e300;
  const auto cut = [&](double at, double step, double lo, double hi) {
    if (step == 0) {
      if (at < lo || at > hi) last = -1e300;
      return;
    }
    const double a = (lo - at) / step, b = (hi - at) / step;
    first = std::max(first, std::min(a, b)), last = std::min(last, std::max(a, b));
  };
  cut(from[0], way[0], s.x0, s.x1);
  cut(from[1], way[1], s.y0, s.y1);
  if (!(first < last)) return {};
  return {from + first * way, from + last * way};
}

// The strip |z| < 1 as a band between two curves over x.
void add_strip(Figure& figure, Panel& panel, const UnitLine& line, int j) {
  const Surroundings s(panel);
  std::vector<double> x = {s.x0, s.x1}, lower, upper;
  for (const double level : {-1.0, 1.0})
    for (const Eigen::Vector2d& end : part_inside(line, level, s)) x.push_back(end[0]);
  std::ranges::sort(x);
  const auto height = [&](double at, double level) { return (level - line.b - line.w[0] * at) / line.w[1]; };
  const bool upright = std::abs(line.w[1]) < 1e-12 * std::abs(line.w[0]);
  std::vector<double> shown;
  for (const double at : x) {
    double lo = upright ? s.y0 : std::min(height(at, -1), height(at, 1)),
           hi = upright ? s.y1 : std::max(height(at, -1), height(at, 1));
    if (upright && std::abs(line.w[0] * at + line.b) > 1 + 1e-9) continue;
    lo = std::clamp(lo, s.y0, s.y1), hi = std::clamp(hi, s.y0, s.y1);
    shown.push_back(at), lower.push_back(lo), upper.push_back(hi);
  }
  if (shown.size() < 2) return;
  Band band{
      .series = "band " + std::to_string(j + 1), .x = figure.own(std::move(shown)), .lower = {}, .upper = {}};
  band.lower = figure.own(std::move(lower));
  band.upper = figure.own(std::move(upper));
  band.ink = {Role::mark, j, 0.15};
  panel.marks.push_back(std::move(band));
}

void add_line(Figure& figure, Panel& panel, const UnitLine& line, int j, bool chosen) {
  const std::vector<Eigen::Vector2d> ends = part_inside(line, 0, Surroundings(panel));
  if (ends.size() != 2) return;
  Line out{.series = "line " + std::to_string(j + 1), .x = {}, .y = {}, .ink = {Role::line, j, 1}};
  out.x = figure.own({ends[0][0], ends[1][0]});
  out.y = figure.own({ends[0][1], ends[1][1]});
  out.width_px = chosen ? 2.6 : 2;
  out.halo_px = 1;
  panel.marks.push_back(std::move(out));
}

// The mark, and the ring at z = 1 at the end of the normal.
void add_normal(Panel& panel, const UnitLine& line, int j) {
  const Eigen::Vector2d ring = line.mark + line.normal;
  Arrow stalk{
      "normal " + std::to_string(j + 1), line.mark[0], line.mark[1], ring[0], ring[1], {Role::line, j, 1}};
  stalk.width_px = 2;
  stalk.head_length_px = stalk.head_width_px = 0;
  panel.marks.push_back(std::move(stalk));
  panel.marks.push_back(ring_on_line("z = 1", ring[0], ring[1], j));
  panel.marks.push_back(mark_on_line("unit " + std::to_string(j + 1), line.mark[0], line.mark[1], j));
}

void add_points_by_share(Panel& panel, const Snapshot& snapshot) {
  const Dataset& data = snapshot.data();
  const auto n = static_cast<std::size_t>(data.size());
  Scatter points{
      .series = "points", .x = {data.points.col(0).data(), n}, .y = {data.points.col(1).data(), n}};
  points.ink = {Role::muted};
  points.element = ElementId::Kind::point;
  const Eigen::MatrixXd& r = snapshot.evaluation.responsibilities;
  if (r.rows() == data.size()) {
    points.weights = {r.data(), static_cast<std::size_t>(r.size())};
    points.components = static_cast<int>(r.cols());
  }
  panel.marks.push_back(std::move(points));
}

// A dashed segment from the pinned point to the line of every unit with a large enough share, and of the
// chosen one; its length is |z| units of that line.
void add_distances(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view) {
  const int i = shown_point(snapshot, view);
  const Eigen::MatrixXd& r = snapshot.evaluation.responsibilities;
  if (i < 0 || i >= r.rows()) return;
  const Eigen::Vector2d x = snapshot.data().points.row(i).transpose();
  const bool chosen = is_unit_chosen(snapshot, view);
  for (int j = 0; j < static_cast<int>(r.cols()); ++j) {
    const auto line = unit_line(snapshot, j);
    if (!line || (r(i, j) < kLeastShown && !(chosen && j == shown_unit(snapshot, view)))) continue;
    const Eigen::Vector2d foot = x - line->coordinate(x) * line->normal;
    Arrow dash{"distance " + std::to_string(j + 1), x[0], x[1], foot[0], foot[1], {Role::line, j, 1}};
    dash.width_px = 1.5;
    dash.head_length_px = dash.head_width_px = 0;
    dash.dash = Dash::dashed;
    panel.marks.push_back(std::move(dash));
    Marker end{.series = "foot", .x = foot[0], .y = foot[1], .shape = Shape::disc, .ink = {Role::line, j, 1}};
    end.radius_px = 2.6;
    end.halo_px = 1;
    panel.marks.push_back(std::move(end));
  }
  std::vector<double> shares(static_cast<std::size_t>(r.cols()));
  for (std::size_t j = 0; j < shares.size(); ++j) shares[j] = r(i, static_cast<Eigen::Index>(j));
  const double sum = r.row(i).sum();
  if (!(std::abs(sum - 1) < 1e-9)) return;
  panel.marks.push_back(RingMark{"pinned",
                                 x[0],
                                 x[1],
                                 figure.own(std::move(shares)),
                                 "point " + std::to_string(i),
                                 {ElementId::Kind::point, i}});
}

bool is_equal_aspect(const Snapshot& snapshot, const View& view) {
  const std::string& aspect = view.config.text("view.aspect");
  if (aspect != "automatic") return aspect == "equal";
  const auto x = plane_range(snapshot, view, 0), y = plane_range(snapshot, view, 1);
  const double wide = x.second - x.first, high = y.second - y.first;
  return std::max(wide, high) <= 5 * std::min(wide, high);
}

// The lines of other runs, in the dashes of their curves.
void add_other_lines(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view) {
  draw_other_runs(figure, snapshot, view, "Thin, in the dashes of their curves", [&](const ComparedRun& run) {
    const auto* model = dynamic_cast<const Layer*>(run.setup->model.get());
    if (model == nullptr || model->inputs() != 2 || !run.state.theta.allFinite()) return false;
    for (Eigen::Index j = 0; j < model->units(); ++j) {
      const auto line =
          line_of(model->weights(run.state.theta).row(j).transpose(), model->offsets(run.state.theta)[j],
                  unit_anchor(*run.setup->data, j, model->units()));
      if (!line) continue;
      const std::vector<Eigen::Vector2d> ends = part_inside(*line, 0, Surroundings(panel));
      if (ends.size() != 2) continue;
      Line ghost{.series = "way of " + run.label + " line " + std::to_string(j + 1),
                 .x = {},
                 .y = {},
                 .ink = {Role::line, static_cast<int>(j), 0.6},
                 .width_px = 1.3};
      ghost.x = figure.own({ends[0][0], ends[1][0]});
      ghost.y = figure.own({ends[0][1], ends[1][1]});
      ghost.dash = series_dash(run.mark);
      panel.marks.push_back(std::move(ghost));
    }
    return true;
  });
}

}  // namespace

Figure layer_stage_figure(const Snapshot& snapshot, const View& view) {
  const Layer& model = layer_of(snapshot);
  if (model.inputs() != 2) return layer_filters(snapshot, view);
  Figure figure{.id = "stage", .title = "Units", .caption = {}, .panels = {}, .keep = {}};
  figure.caption =
      caption_start(snapshot) + ". Lines: $w_j\\cdot x+b_j=0$ of " + std::to_string(model.units()) +
      " units. Bands: $|z_j|<1$; the normal ends at $z_j=1$. $" + layer_distance_tex(snapshot.config()) +
      "$. Points in the colours of $r_j=" + layer_exponential_tex(snapshot.temperature) + "/\\sum_k" +
      layer_exponential_tex(snapshot.temperature, "k") + "$." + standardised_words(snapshot.data());
  Panel panel;
  panel.x = plane_axis(snapshot, view, 0);
  panel.y = plane_axis(snapshot, view, 1);
  panel.equal_aspect = is_equal_aspect(snapshot, view);
  panel.grid = false;
  panel.title = "Units";
  panel.title_tex = "w_j\\cdot x+b_j=0";
  const PhaseInView phases = phase_in_view(snapshot, view, shown_point(snapshot, view));
  name_phase(figure, panel, phases, "point " + std::to_string(phases.point));
  const Theta theta = shown_theta(snapshot, phases);
  std::vector<std::pair<int, UnitLine>> lines;
  for (int j = 0; j < static_cast<int>(model.units()); ++j)
    if (const auto line = unit_line(snapshot, theta, j)) lines.emplace_back(j, *line);
  if (view.config.flag("view.bands"))
    for (const auto& [j, line] : lines) add_strip(figure, panel, line, j);
  add_points_by_share(panel, snapshot);
  add_other_lines(figure, panel, snapshot, view);
  for (const auto& [j, line] : lines)
    add_line(figure, panel, line, j, view.pinned == ElementId{ElementId::Kind::prototype, j});
  if (!phases.on()) add_distances(figure, panel, snapshot, view);
  add_layer_phase(figure, panel, snapshot, view, phases);
  for (const auto& [j, line] : lines) add_normal(panel, line, j);
  if (lines.size() < static_cast<std::size_t>(model.units()))
    figure.caption +=
        " Without a line: " + std::to_string(static_cast<std::size_t>(model.units()) - lines.size()) +
        " with $w_j=0$.";
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
