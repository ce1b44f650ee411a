// The triangle of three outcomes with the paths of all runs, and log KL over time with the slope at the end.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/labs/kit/other_runs.h"
#include "core/labs/neighbours/kit/toy_figures.h"
#include "core/labs/neighbours/toys/simplex_kl.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

constexpr double kSide = 0.86602540378443864676;

void add_side_lines(Figure& figure, Panel& panel) {
  Line edge{.series = "triangle", .x = {}, .y = {}, .ink = {Role::muted}, .width_px = 1.2};
  edge.x = figure.own({0, 1, 0.5, 0}), edge.y = figure.own({0, 0, kSide, 0});
  panel.marks.push_back(edge);
  std::vector<double> x, y;
  const auto segment = [&](const Eigen::Vector3d& a, const Eigen::Vector3d& b) {
    for (const Eigen::Vector3d& p : {a, b}) {
      const Eigen::Vector2d at = place_of(p);
      x.push_back(at[0]), y.push_back(at[1]);
    }
    x.push_back(NAN), y.push_back(NAN);
  };
  for (const double c : {0.2, 0.4, 0.6, 0.8}) {
    segment({c, 1 - c, 0}, {c, 0, 1 - c});
    segment({1 - c, c, 0}, {0, c, 1 - c});
    segment({1 - c, 0, c}, {0, 1 - c, c});
  }
  Line grid{.series = "grid", .x = {}, .y = {}, .ink = {Role::hairline}, .width_px = 1};
  grid.x = figure.own(std::move(x)), grid.y = figure.own(std::move(y));
  panel.marks.push_back(grid);
}

void add_corner(Panel& panel, double x, double y, const std::string& name, Anchor anchor, double dy) {
  Text text{.x = x, .y = y, .text = name, .tex = true, .ink = {Role::muted}};
  text.anchor = anchor;
  text.dy_px = dy;
  panel.marks.push_back(text);
}

// Lines on which J is the same: it is convex, so that every ray from p* meets each of them once.
void add_divergence_lines(Figure& figure, Panel& panel, const Simplex& model) {
  constexpr int kRays = 160, kHalvings = 20;
  const Eigen::Vector2d middle = place_of(model.target());
  const auto divergence = [&](const Eigen::Vector2d& at) {
    const Eigen::Vector3d p = shares_at(at[0], at[1]);
    if (!(p.minCoeff() > 0)) return std::numeric_limits<double>::infinity();
    double sum = 0;
    for (Eigen::Index k = 0; k < 3; ++k) sum += model.target()[k] * libm::log(model.target()[k] / p[k]);
    return sum;
  };
  std::vector<double> x, y;
  for (const double level : {0.02, 0.1, 0.25, 0.5, 0.8}) {
    for (int ray = 0; ray <= kRays; ++ray) {
      const double angle = 2 * std::numbers::pi * ray / kRays;
      const Eigen::Vector2d way(libm::cos(angle), libm::sin(angle));
      double lo = 0, hi = 1;  // no side is longer
      for (int halving = 0; halving < kHalvings; ++halving)
        (divergence(middle + (lo + hi) / 2 * way) < level ? lo : hi) = (lo + hi) / 2;
      x.push_back(middle[0] + lo * way[0]), y.push_back(middle[1] + lo * way[1]);
    }
    x.push_back(NAN), y.push_back(NAN);
  }
  Line line{.series = "J", .x = {}, .y = {}, .ink = {Role::faint}, .width_px = 1};
  line.x = figure.own(std::move(x)), line.y = figure.own(std::move(y));
  panel.marks.push_back(std::move(line));
}

// The place, outside of the triangle, to which the step that a run could not take would have moved p.
struct WayOut {
  std::string series;
  Eigen::Vector2d from, to;
  double least = 0;  // of the three
  int which = 0;
  Ink ink;
  Dash dash = Dash::dashed;
};

// `next` holds the parameters after that step; returns nothing where they are inside the triangle.
std::optional<WayOut> way_out(const Setup& setup, const std::optional<Divergence>& divergence,
                              const Theta& now, const Theta& next) {
  if (!divergence || divergence->reason.empty() || next.size() != now.size()) return {};
  const auto& model = static_cast<const Simplex&>(*setup.model);
  const Eigen::Vector3d p = model.shares(next);
  if (!p.allFinite() || p.minCoeff() > 0) return {};
  WayOut out{.series = "outside", .from = place_of(model.shares(now)), .to = place_of(p)};
  out.least = p.minCoeff(&out.which);
  out.ink = {Role::warn};
  return out;
}

std::vector<WayOut> ways_out(const Snapshot& s, const View& view) {
  std::vector<WayOut> out;
  if (const auto own = way_out(*s.setup, s.divergence, s.state.theta, s.next)) out.push_back(*own);
  for (const ComparedRun* lane : runs_on_stage(s, view)) {
    if (!lane->setup || !lane->divergence) continue;
    RunState next = lane->state;
    ThreadPool alone(1);
    lane->setup->optimizer->step(
        {*lane->setup->model, *lane->setup->data, lane->evaluation, s.temperature, alone}, next.theta,
        next.optimizer_state, next.batch_random);
    auto way = way_out(*lane->setup, lane->divergence, lane->state.theta, next.theta);
    if (!way) continue;
    way->series += " of " + lane->label;
    way->ink = {Role::lane, lane->mark}, way->dash = series_dash(lane->mark);
    out.push_back(*way);
  }
  return out;
}

void add_way_out(Panel& panel, const WayOut& way) {
  Arrow arrow{.series = "way out", .x0 = way.from[0], .y0 = way.from[1], .x1 = way.to[0], .y1 = way.to[1]};
  arrow.ink = way.ink, arrow.width_px = 1.8, arrow.dash = way.dash;
  panel.marks.push_back(arrow);
  Marker end{.series = way.series, .x = way.to[0], .y = way.to[1], .ink = way.ink};
  end.hollow = true;
  panel.marks.push_back(end);
  Text words{.x = way.to[0],
             .y = way.to[1],
             .text = "p_" + std::to_string(way.which) + "=" + number_tex(way.least, 3)};
  words.tex = true, words.ink = way.ink, words.dy_px = 24;
  words.anchor = Anchor::centre;
  panel.marks.push_back(words);
}

// The range, extended to contain `value` if that lies at most one width outside.
std::pair<double, double> with_room_for(std::pair<double, double> range, double value) {
  const double wide = range.second - range.first, room = 0.15 * wide;
  return {std::max(std::min(range.first, value - room), range.first - wide),
          std::min(std::max(range.second, value + room), range.second + wide)};
}

}  // namespace

Figure simplex_stage(const Snapshot& snapshot, const View& view) {
  const Simplex& model = simplex_of(snapshot);
  Figure figure{.id = "stage", .title = "Triangle", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = toy_caption(snapshot,
                               "The triangle of all distributions over three outcomes: the way of "
                               "$p$ to $p^*$, over lines of equal $J$.");
  std::pair<double, double> wide = {-0.1, 1.1}, high = {-0.1, 1.0};
  const std::vector<WayOut> outside = ways_out(snapshot, view);
  for (const WayOut& way : outside)
    wide = with_room_for(wide, way.to[0]), high = with_room_for(high, way.to[1]);
  Panel panel = toy_stage(view, wide, high, true);
  panel.x.ticks = panel.y.ticks = false;
  panel.title = "Triangle";
  panel.title_tex = "p\\to p^*";
  add_side_lines(figure, panel);
  add_divergence_lines(figure, panel, model);
  add_corner(panel, 0, 0, "p_0=1", Anchor::centre, 20);
  add_corner(panel, 1, 0, "p_1=1", Anchor::centre, 20);
  add_corner(panel, 0.5, kSide, "p_2=1", Anchor::centre, -10);
  add_ways(figure, panel, snapshot, view);
  const Eigen::Vector2d goal = place_of(model.target()), now = place_of(model.shares(snapshot.state.theta));
  if (!outside.empty())
    figure.caption +=
        " Hollow: where a step would have put $p$, outside of the triangle; the run ends before it.";
  for (const WayOut& way : outside) add_way_out(panel, way);
  const bool held = snapshot.data().size() == 1;
  Marker target{.series = "target", .x = goal[0], .y = goal[1], .shape = Shape::ring, .ink = {Role::ink}};
  target.radius_px = 8;
  if (held) target.element = {ElementId::Kind::point, 0};
  panel.marks.push_back(target);
  panel.marks.push_back(Text{
      .x = goal[0], .y = goal[1], .text = "p^*", .tex = true, .ink = {Role::ink}, .dx_px = 12, .dy_px = 4});
  if (now.allFinite()) {
    Marker p{.series = "p", .x = now[0], .y = now[1]};
    p.ink = ink_on_stage(snapshot, view);
    p.radius_px = 6;
    p.element = {ElementId::Kind::prototype, 0};
    panel.marks.push_back(p);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

namespace {

// The curve of KL over time and, from the present place, the slope that it must approach.
void add_slope(Figure& figure, Panel& panel, const History& history, const Setup& setup, std::int64_t now,
               const Ink& ink, Dash dash, const std::string& name, const std::string& series) {
  const auto& model = static_cast<const Simplex&>(*setup.model);
  const double time = model.step_time(setup.config()), slope = model.slope_at_the_end(setup.config());
  std::vector<double> t, y;
  const std::vector<double> steps = history.steps(), loss = history.column(kLossColumn);
  double here = NAN, at = NAN;
  for (std::size_t k = 0; k < steps.size(); ++k) {
    t.push_back(steps[k] * time);
    y.push_back(loss[k] > kRoundingOfKl ? loss[k] : NAN);
    if (loss[k] > kRoundingOfKl && steps[k] <= static_cast<double>(now)) here = loss[k], at = t.back();
  }
  if (t.empty() || !std::isfinite(t.back())) return;
  Line line{.series = series, .x = {}, .y = {}, .ink = ink, .width_px = 2, .dash = dash};
  if (std::isfinite(slope) && std::isfinite(at)) {
    Line theory{.series = series + " theory", .x = {}, .y = {}, .ink = {Role::muted}, .width_px = 1};
    theory.dash = Dash::dotted;
    const double back = std::min(at, 6 / slope), ahead = 3 / slope;
    theory.x = figure.own({at - back, at + ahead});
    theory.y = figure.own({here * libm::exp(slope * back), here * libm::exp(-slope * ahead)});
    panel.marks.push_back(theory);
  }
  line.x = figure.own(std::move(t)), line.y = figure.own(std::move(y));
  line.label = name;
  line.name_at_end = !name.empty();
  panel.marks.push_back(line);
  if (!std::isfinite(at)) return;
  Marker marker{.series = "now", .x = at, .y = here, .ink = ink};
  marker.radius_px = 4, marker.halo_px = 1.5;
  panel.marks.push_back(marker);
}

}  // namespace

Figure simplex_shares_figure(const Snapshot& snapshot, const View&) {
  const Simplex& model = simplex_of(snapshot);
  Figure figure{.id = "shares", .title = "Shares", .caption = {}, .panels = {}, .keep = {}};
  figure.caption =
      short_toy_caption(snapshot, "The three shares over steps; dotted: those of the target $p^*$.");
  Panel panel = step_panel(snapshot, {0, 1});
  panel.title = "Shares";
  panel.title_tex = "p_k";
  for (int k = 0; k < 3; ++k) {
    Line goal{.series = "target " + std::to_string(k), .x = {}, .y = {}, .ink = {Role::line, k}};
    goal.width_px = 1, goal.dash = Dash::dotted;
    goal.x = figure.own({panel.x.lo, panel.x.hi});
    goal.y = figure.own({model.target()[k], model.target()[k]});
    panel.marks.push_back(std::move(goal));
    const std::string name = "share " + std::to_string(k);
    Line& line = add_curve(figure, panel, name, metric_curve(snapshot, "p_" + std::to_string(k)),
                           snapshot.state.step, {Role::line, k}, 1.8, series_dash(k));
    line.label = name, line.name_at_end = true;
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure simplex_slopes_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "slopes", .title = "Three slopes", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(
      snapshot,
      "$J$ over time; dotted: the slope at the end in theory, $2\\lambda_{\\min}$ of the Hessian at "
      "$p^*$, which is 2 for natural descent.");
  Panel panel;
  panel.y.scale = Scale::log10;
  panel.x.label = "time";
  panel.title = "KL over time";
  panel.title_tex = "J(t)";
  const std::vector<const ComparedRun*> lanes = snapshot.shown_lanes();
  for (const ComparedRun* lane : lanes)
    if (lane->setup)
      add_slope(figure, panel, lane->history, *lane->setup, lane->state.step, {Role::lane, lane->mark},
                series_dash(lane->mark), lane->label, lane->label);
  add_slope(figure, panel, snapshot.history, *snapshot.setup, snapshot.state.step,
            lanes.empty() ? Ink{Role::accent} : Ink{Role::lane, snapshot.mark},
            lanes.empty() ? Dash::solid : series_dash(snapshot.mark),
            lanes.empty()           ? ""
            : snapshot.name.empty() ? "this run"
                                    : snapshot.name,
            "KL");
  fit_to_curves(panel, 0.02, 0);
  double least = 1, most = 1e-30;
  for (const Mark& mark : panel.marks)
    if (const auto* line = std::get_if<Line>(&mark))
      for (const double y : line->y)
        if (std::isfinite(y) && y > 0) least = std::min(least, y), most = std::max(most, y);
  panel.x.lo = std::max(panel.x.lo, 0.0);
  panel.x.hi = std::max(panel.x.hi, panel.x.lo + 1e-3);
  panel.y.lo = std::max(least / 3, 1e-31), panel.y.hi = std::max(most * 3, panel.y.lo * 10);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
