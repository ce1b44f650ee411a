// Points, both lines of a largest margin, w and the pull of each point; and the direction over log 1/J.
#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/labs/kit/other_runs.h"
#include "core/labs/kit/plane_stage.h"
#include "core/labs/neighbours/kit/toy_figures.h"
#include "core/labs/neighbours/toys/margins.h"

namespace iem {
namespace {

// The decades of J below 1, down to 10^-36; the curves do not change further down.
double decades_below_1(double loss) { return loss > 1e-36 ? -libm::log10(loss) : NAN; }

Panel over_decades() {
  Panel panel;
  panel.x.label = "log 1/J";
  return panel;
}

// At the start w points nowhere.
bool has_curve(const Panel& panel) {
  return std::ranges::any_of(panel.marks, [](const Mark& mark) {
    const auto* line = std::get_if<Line>(&mark);
    return line && std::ranges::any_of(line->y, [](double y) { return std::isfinite(y); });
  });
}

// The points at a distance from the origin along w: perpendicular to it, across the stage.
void add_margin_line(Figure& figure, Panel& panel, const std::string& series, const Eigen::Vector2d& w,
                     double distance, const Ink& ink, Dash dash, double label_y, Anchor side) {
  const Eigen::Vector2d unit = w.normalized(), foot = distance * unit, along(-unit[1], unit[0]);
  const double far = 2 * std::max(panel.x.hi - panel.x.lo, panel.y.hi - panel.y.lo);
  Line line{.series = series, .x = {}, .y = {}, .ink = ink, .width_px = 1.5, .dash = dash};
  std::vector<double> x, y;
  for (int k = -60; k <= 60; ++k) {
    x.push_back(foot[0] + along[0] * far * k / 60);
    y.push_back(foot[1] + along[1] * far * k / 60);
  }
  line.x = figure.own(std::move(x)), line.y = figure.own(std::move(y));
  line.halo_px = 1;
  panel.marks.push_back(std::move(line));
  // The name is written beside the line, at the height `label_y`.
  if (std::abs(along[1]) < 0.1) return;
  const double at_y = panel.y.lo + label_y * (panel.y.hi - panel.y.lo);
  const double at_x = foot[0] + along[0] * (at_y - foot[1]) / along[1];
  if (!(at_x > panel.x.lo && at_x < panel.x.hi)) return;
  Text name{.x = at_x, .y = at_y, .text = series, .ink = ink};
  name.anchor = side;
  name.dx_px = side == Anchor::left ? 9 : -9;
  name.plate = true;  // other lines cross it
  panel.marks.push_back(std::move(name));
}

void add_theory_lines(Figure& figure, Panel& panel, const Margins& model) {
  if (model.l2())
    add_margin_line(figure, panel, "wide margin", model.l2()->w, model.l2()->margin, {Role::muted},
                    Dash::dashed, 0.88, Anchor::right);
  if (model.l1())
    add_margin_line(figure, panel, "sparse margin", model.l1()->w, model.l1()->margin / model.l1()->w.norm(),
                    {Role::muted}, Dash::dotted, 0.12, Anchor::left);
}

void add_weights(Figure& figure, Panel& panel, const Snapshot& s, const Eigen::Vector2d& w, const Ink& ink,
                 const std::string& name) {
  const double size = w.norm();
  if (!(size > 0) || !std::isfinite(size)) return;
  const double margin = (s.data().points * w).minCoeff() / size;
  add_margin_line(figure, panel, name, w, margin, ink, Dash::solid, 0.05, Anchor::right);
  Arrow arrow{.series = "w", .x0 = 0, .y0 = 0, .ink = ink};
  arrow.x1 = w[0] / size, arrow.y1 = w[1] / size;
  panel.marks.push_back(arrow);
}

// Draws the direction of another run.
void add_direction_of(Panel& panel, const ComparedRun& lane) {
  if (!lane.setup) return;
  const Eigen::Vector2d w = static_cast<const Margins&>(*lane.setup->model).weights(lane.state.theta);
  if (!(w.norm() > 0) || !w.allFinite()) return;
  Arrow arrow{.series = "w of " + lane.label, .x0 = 0, .y0 = 0, .ink = {Role::lane, lane.mark}};
  arrow.x1 = w[0] / w.norm(), arrow.y1 = w[1] / w.norm();
  arrow.width_px = 1.8, arrow.dash = series_dash(lane.mark);
  panel.marks.push_back(std::move(arrow));
}

}  // namespace

Figure margins_stage(const Snapshot& snapshot, const View& view) {
  const Margins& model = margins_of(snapshot);
  const Dataset& data = snapshot.data();
  Figure figure{.id = "stage", .title = "Margins", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = toy_caption(
      snapshot,
      "Points $z_i=y_ix_i$ with their pull: the length of each arrow is its share of the gradient. "
      "Arrow from 0: the direction of $w$, and across it the line of the smallest margin.");
  std::vector<double> x(data.points.col(0).begin(), data.points.col(0).end()),
      y(data.points.col(1).begin(), data.points.col(1).end());
  x.push_back(0), y.push_back(0);
  Panel panel = toy_stage(view, range_of(x, 0.14), range_of(y, 0.14), true);
  name_plane(panel, "z_1", "z_2");
  panel.title = "Margins";
  panel.title_tex = "m_i=z_i\\cdot w";
  add_theory_lines(figure, panel, model);
  const Eigen::Vector2d w = model.weights(snapshot.state.theta);
  for (const ComparedRun* lane : runs_on_stage(snapshot, view)) add_direction_of(panel, *lane);
  const Ink own = ink_on_stage(snapshot, view);
  add_weights(figure, panel, snapshot, w, own, "smallest margin");
  if (!model.is_diagonal() && w.norm() > 0 && w.allFinite()) {
    const Eigen::Vector2d tip = w.normalized();
    Marker grip{.series = "direction", .x = tip[0], .y = tip[1], .ink = own};
    grip.radius_px = 4.5;
    grip.element = {ElementId::Kind::prototype, 0};
    panel.marks.push_back(grip);
  }
  const Eigen::VectorXd lack = model.lacking(snapshot.state.theta, data);
  const double sum = lack.sum();
  constexpr Eigen::Index kMostDrawn = 400;
  for (Eigen::Index i = 0; i < data.size() && i < kMostDrawn; ++i) {
    const double share = sum > 0 ? lack[i] / sum : 0, px = data.points(i, 0), py = data.points(i, 1);
    if (!std::isfinite(px) || !std::isfinite(py) || !std::isfinite(share)) continue;
    const double length = libm::hypot(px, py), part = length > 0 ? 0.6 * share / length : 0;
    Arrow pull{.series = "pull", .x0 = px, .y0 = py, .ink = {Role::warn}};
    pull.x1 = px + part * px, pull.y1 = py + part * py;
    pull.width_px = 2, pull.head_length_px = 8, pull.head_width_px = 7;
    if (part * length > 0.01) panel.marks.push_back(pull);
    Marker point{.series = "point " + std::to_string(i + 1), .x = px, .y = py, .ink = {Role::ink}};
    point.radius_px = 5;
    point.element = {ElementId::Kind::point, static_cast<int>(i)};
    panel.marks.push_back(point);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure margins_angle_figure(const Snapshot& snapshot, const View&) {
  const Margins& model = margins_of(snapshot);
  Figure figure{.id = "angle", .title = "Direction", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(
      snapshot,
      "The angle of $w$ in degrees over $\\log_{10}1/J$; dashed: those of the largest Euclidean "
      "margin and of the largest margin of $|w_1|+|w_2|$.");
  Panel panel = over_decades();
  panel.title = "Direction of w";
  panel.title_tex = "\\angle w";
  add_curves_against(figure, panel, snapshot,
                     {[](double loss, double) { return decades_below_1(loss); },
                      [](double, double angle) { return angle; }, "angle"},
                     "angle");
  fit_to_curves(panel, 0.05, 0.08);
  panel.x.lo = std::max(panel.x.lo, 0.0);
  panel.x.hi = std::max(panel.x.hi, panel.x.lo + 1);
  for (const auto* best : {&model.l2(), &model.l1()})
    if (*best) {
      panel.y.lo = std::min(panel.y.lo, (*best)->degrees() - 2);
      panel.y.hi = std::max(panel.y.hi, (*best)->degrees() + 9);
    }
  panel.y.unit = "degrees";
  if (model.l2()) add_level(figure, panel, "level l2", model.l2()->degrees(), "Euclidean");
  if (model.l1()) add_level(figure, panel, "level l1", model.l1()->degrees(), "l1");
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure margins_margin_figure(const Snapshot& snapshot, const View&) {
  const Margins& model = margins_of(snapshot);
  Figure figure{.id = "margin", .title = "Margin", .caption = {}, .panels = {}, .keep = {}};
  figure.caption =
      short_toy_caption(snapshot,
                        "The smallest margin in parts of $\\|w\\|_2$ (above) and of $|w_1|+|w_2|$ "
                        "(below) over $\\log_{10}1/J$; dashed: the largest there is.");
  for (const bool l2 : {true, false}) {
    Panel panel = over_decades();
    const std::string metric = l2 ? "margin_l2" : "margin_l1";
    const std::optional<LargestMargin>& best = l2 ? model.l2() : model.l1();
    panel.title = l2 ? "Euclidean margin" : "l1 margin";
    panel.title_tex = l2 ? "\\min m/\\|w\\|_2" : "\\min m/\\|w\\|_1";
    add_curves_against(figure, panel, snapshot,
                       {[](double loss, double) { return decades_below_1(loss); },
                        [](double, double value) { return value; }, metric},
                       metric);
    fit_to_curves(panel, 0.05, 0.1);
    panel.x.lo = std::max(panel.x.lo, 0.0);
    panel.x.hi = std::max(panel.x.hi, panel.x.lo + 1);
    panel.y.max_ticks = 3;
    if (best) {
      if (!has_curve(panel)) panel.y.lo = 0.7 * best->margin, panel.y.hi = best->margin;
      const double room = 0.15 * std::max(panel.y.hi - panel.y.lo, 0.01);
      panel.y.hi = std::max(panel.y.hi, best->margin + room);
      panel.y.lo = std::min(panel.y.lo, best->margin - room);
      add_level(figure, panel, "largest", best->margin, "");
    }
    // Room between the numbers of the two.
    const double apart = 0.2 * (panel.y.hi - panel.y.lo);
    l2 ? panel.y.lo -= apart : panel.y.hi += apart;
    panel.x.ticks = !l2;
    if (l2) panel.x.label.clear();
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

Figure margins_share_figure(const Snapshot& snapshot, const View&) {
  const Margins& model = margins_of(snapshot);
  Figure figure{.id = "pull", .title = "Pull of each point", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(
      snapshot,
      "$(1-r_i)/\\sum_k(1-r_k)$: the share of each point in the gradient. It goes to the support "
      "vectors.");
  const Eigen::VectorXd lack = model.lacking(snapshot.state.theta, snapshot.data());
  std::vector<double> x, y;
  for (Eigen::Index i = 0; i < lack.size(); ++i) {
    const double share = lack[i] / lack.sum();
    x.push_back(static_cast<double>(i + 1)), y.push_back(std::isfinite(share) ? share : 0);
  }
  Panel panel;
  panel.x = {.label = "point", .lo = 0.4, .hi = static_cast<double>(lack.size()) + 0.6};
  panel.x.whole = true;
  panel.y.lo = 0, panel.y.hi = 1.05, panel.y.share = true;
  panel.title = "Pull of each point";
  panel.title_tex = "(1-r_i)/\\sum_k(1-r_k)";
  Bars bars{.series = "share", .x = {}, .y = {}, .ink = {{Role::warn}}, .width = 0.6};
  bars.x = figure.own(std::move(x)), bars.y = figure.own(std::move(y));
  panel.marks.push_back(std::move(bars));
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
