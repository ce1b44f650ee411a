// The landscape: J over two parameters, or over the plane through the start, the end of EM and the present
// state, with the path of the run, the gradient and EM steps, and the contours of EM's surrogate.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/base/number.h"
#include "core/figure/arrow_scale.h"
#include "core/labs/kit/levels.h"
#include "core/labs/mixture/figures/stage_layers.h"
#include "core/labs/mixture/figures/theory.h"
#include "core/labs/mixture/model/keys.h"

namespace iem {
namespace {

constexpr int kGrid = 40;
constexpr double kNotThere = std::numeric_limits<double>::quiet_NaN();

// A plane in parameter space: theta = origin + u x + v y, with u and v orthonormal.
struct Slice {
  Theta origin, u, v;
  std::string x_label, y_label;
  PlaneGrid grid{.side = kGrid};

  Theta at(double x, double y) const { return origin + x * u + y * v; }
  std::pair<double, double> place(const Theta& theta) const {
    return {u.dot(theta - origin), v.dot(theta - origin)};
  }
};

// "means[1][0]" as an entry of theta; nothing when there is none.
std::optional<Eigen::Index> entry(const Layout& layout, const std::string& name) {
  const std::optional<LandscapeEntry> read = read_landscape_entry(name);
  if (!read) return std::nullopt;
  const Block& block = layout.block(read->block);
  if (read->row >= block.rows || read->column >= block.columns) return std::nullopt;
  return block.offset + read->row * block.columns + read->column;
}

// The second axis of the plane: towards the first candidate that does not lie on the line of the first axis.
Theta across(const Theta& along, const Theta& origin, const std::vector<Theta>& candidates, double least) {
  for (const Theta& candidate : candidates) {
    if (candidate.size() != origin.size() || !candidate.allFinite()) continue;
    const Theta rest = candidate - origin - along * along.dot(candidate - origin);
    if (rest.norm() > least) return rest.normalized();
  }
  Eigen::Index at = 0;
  along.cwiseAbs().minCoeff(&at);
  return (Theta::Unit(along.size(), at) - along * along[at]).normalized();
}

// The plane through the start, the end of EM and the present state; where these lie on one line, the state of
// the path farthest from the line, or the gradient, gives the second axis.
Slice plane_of_the_run(const Snapshot& snapshot, const std::vector<Theta>& way, const Theta& end) {
  const Theta& start = way.front();
  const Theta& now = snapshot.state.theta;
  Slice plane{start, {}, {}, "from the start towards the end of EM", "across"};
  Theta along = end - start;
  if (along.norm() < 1e-9) along = now - start;
  if (along.norm() < 1e-9) along = snapshot.gradient_target - start;
  if (!(along.norm() > 1e-12) || !along.allFinite()) along = Theta::Unit(start.size(), 0);
  const double length = along.norm();
  plane.u = along.normalized();
  Theta bend = start;
  double widest = 0;
  for (const Theta& theta : way) {
    const Theta rest = theta - start - plane.u * plane.u.dot(theta - start);
    if (rest.norm() > widest) widest = rest.norm(), bend = theta;
  }
  const Theta downhill = start - snapshot.evaluation.gradient.normalized() * length;
  plane.v = across(plane.u, start, {now, bend, downhill, snapshot.em_target}, 1e-3 * length);
  return plane;
}

// A path through the parameters of the present model; states of an earlier, different model are left out.
// `now` is the index of the last state that is not in the future.
struct ProjectedPath {
  std::vector<Theta> states;
  std::size_t now = 0;
};

ProjectedPath projected_path(const Path& path, const Snapshot& snapshot) {
  ProjectedPath way;
  for (const auto& frame : path) {
    if (frame->state.theta.size() != snapshot.state.theta.size()) {
      way = {};
      continue;
    }
    way.states.push_back(frame->state.theta);
    if (frame->state.step <= snapshot.state.step) way.now = way.states.size() - 1;
  }
  return way;
}

void fit_range(Slice& plane, const std::vector<Theta>& shown, bool square) {
  double x0 = 0, x1 = 0, y0 = 0, y1 = 0;
  bool first = true;
  for (const Theta& theta : shown) {
    if (theta.size() != plane.origin.size() || !theta.allFinite()) continue;
    const auto [x, y] = plane.place(theta);
    x0 = first ? x : std::min(x0, x), x1 = first ? x : std::max(x1, x);
    y0 = first ? y : std::min(y0, y), y1 = first ? y : std::max(y1, y);
    first = false;
  }
  double half_x = std::max(0.5 * (x1 - x0), 1e-6), half_y = std::max(0.5 * (y1 - y0), 1e-6);
  half_x = std::max(half_x, 0.4 * half_y), half_y = std::max(half_y, 0.4 * half_x);
  if (square) half_x = half_y = std::max(half_x, half_y);
  const double cx = 0.5 * (x0 + x1), cy = 0.5 * (y0 + y1);
  plane.grid = {kGrid, cx - 1.3 * half_x, cx + 1.3 * half_x, cy - 1.3 * half_y, cy + 1.3 * half_y};
}

// J and Q on the grid, row 0 at y0.
struct Surfaces {
  std::vector<double> j, q;
};

Surfaces sample(const Slice& plane, Surrogate& surrogate, bool with_bound) {
  Surfaces out;
  for (int row = 0; row < kGrid; ++row)
    for (int column = 0; column < kGrid; ++column) {
      const Surrogate::Values value = surrogate.at(plane.at(plane.grid.x(column), plane.grid.y(row)));
      out.j.push_back(value.j);
      out.q.push_back(with_bound ? value.q : kNotThere);
    }
  return out;
}

std::pair<Values, Values> places(Figure& figure, const Slice& plane, const ProjectedPath& way) {
  std::vector<double> x, y;
  for (const Theta& theta : way.states) {
    const auto [px, py] = plane.place(theta);
    x.push_back(px);
    y.push_back(py);
  }
  return {figure.own(std::move(x)), figure.own(std::move(y))};
}

// Draws the path of another run with its name at the end.
void add_lane(Figure& figure, Panel& panel, const Slice& plane, const ComparedRun& lane,
              const ProjectedPath& way, const Snapshot& snapshot) {
  if (way.states.size() < 2) return;
  const auto [x, y] = places(figure, plane, way);
  Line line{.series = "way of " + lane.label, .x = x, .y = y};
  mark_as_lane(line, lane, snapshot);
  line.halo_px = 1.2;
  panel.marks.push_back(std::move(line));
}

void add_way(Figure& figure, Panel& panel, const Slice& plane, const ProjectedPath& way) {
  const std::size_t now = way.now;
  const auto [all_x, all_y] = places(figure, plane, way);
  Line future{
      .series = "way future", .x = all_x.subspan(now), .y = all_y.subspan(now), .ink = {Role::accent}};
  future.ink.alpha = 0.38;
  if (future.x.size() > 1) panel.marks.push_back(future);
  Line past{.series = "way", .x = all_x.first(now + 1), .y = all_y.first(now + 1), .ink = {Role::accent}};
  past.width_px = 2.2;
  past.halo_px = 1.2;
  if (past.x.size() > 1) panel.marks.push_back(past);
  Marker start{.series = "start", .x = all_x[0], .y = all_y[0], .ink = {Role::accent}};
  start.radius_px = 4;
  start.hollow = true;
  panel.marks.push_back(std::move(start));
}

// Writes a name beside a mark.
void name_mark(Panel& panel, double x, double y, const std::string& words, double dy_px) {
  Text text{x, y, words};
  text.ink = {Role::warn};
  text.dx_px = 12, text.dy_px = dy_px;
  text.plate = true;
  panel.marks.push_back(std::move(text));
}

void add_end(Panel& panel, const Slice& plane, const Theta& end) {
  const auto [x, y] = plane.place(end);
  name_mark(panel, x, y, "end of EM", 18);
  Marker mark{.series = "end of EM", .x = x, .y = y, .shape = Shape::ring, .ink = {Role::warn}};
  mark.radius_px = 7;
  panel.marks.push_back(std::move(mark));
}

void add_step(Panel& panel, const Slice& plane, const std::string& series, const Theta& from, const Theta& to,
              const Ink& ink, bool twin) {
  if (to.size() != from.size() || !to.allFinite()) return;
  const auto [x0, y0] = plane.place(from);
  const auto [x1, y1] = plane.place(to);
  Arrow arrow{series, x0, y0, x1, y1, ink};
  if (twin) arrow.dash = Dash::dashed, arrow.head_length_px = arrow.head_width_px = 0;
  panel.marks.push_back(std::move(arrow));
  if (!twin) return;
  Marker mark{.series = series + " target", .x = x1, .y = y1, .ink = ink};
  mark.hollow = true;
  panel.marks.push_back(std::move(mark));
  name_mark(panel, x1, y1, "EM", -8);
}

// The step of the solid arrow on the plane, and how many times as long it is drawn there.
struct ShownStep {
  Theta tip;
  double magnified = 1;
};

ShownStep shown_step(const Snapshot& snapshot, const View& view, const Slice& plane, const Theta& to) {
  const Theta& from = snapshot.state.theta;
  const auto length = [&](const Theta& end) {
    const auto [x0, y0] = plane.place(from);
    const auto [x1, y1] = plane.place(end);
    return Eigen::Vector2d((x1 - x0) / (plane.grid.x1 - plane.grid.x0),
                           (y1 - y0) / (plane.grid.y1 - plane.grid.y0))
        .norm();
  };
  if (to.size() != from.size() || !to.allFinite()) return {to};
  const bool has_em = snapshot.em_target.size() == from.size();
  const auto own = visible_times(
      length(to), has_em ? length(snapshot.em_target) : std::numeric_limits<double>::infinity());
  if (!own) return {to};
  const double magnified = view.arrows ? view.arrows->agreed(*own) : *own;
  return {from + magnified * (to - from), magnified};
}

// The plane that the view asks for, or nothing where it names an entry that this model does not have.
std::optional<Slice> plane_of(const Snapshot& snapshot, const View& view, const std::vector<Theta>& way,
                              const std::vector<Theta>& passed, const Theta& end) {
  const std::string &x = view.config.text("view.landscape_x"), &y = view.config.text("view.landscape_y");
  std::vector<Theta> shown = {snapshot.state.theta, snapshot.em_target, end};
  if (const SolidStep solid = solid_step(snapshot); solid.to) shown.push_back(*solid.to);
  shown.insert(shown.end(), passed.begin(), passed.end());
  if (x.empty() && y.empty()) {
    Slice plane = plane_of_the_run(snapshot, way, end);
    fit_range(plane, shown, true);
    return plane;
  }
  const Layout& layout = snapshot.model().layout();
  const auto first = entry(layout, x), second = entry(layout, y);
  if (!first || !second || *first == *second) return std::nullopt;
  Slice plane{snapshot.state.theta, Theta::Unit(layout.size(), *first), Theta::Unit(layout.size(), *second),
              x, y};
  plane.origin[*first] = plane.origin[*second] = 0;
  fit_range(plane, shown, false);
  return plane;
}

// Why there is no plane of the two entries that the view names.
std::string no_plane(const Config& view) {
  constexpr const char *kAcross = "view.landscape_x", *kUp = "view.landscape_y";
  const std::string &x = view.text(kAcross), &y = view.text(kUp);
  for (const auto& [given, missing] : {std::pair{kUp, kAcross}, {kAcross, kUp}})
    if (view.text(missing).empty())
      return std::string(missing) + " is missing: " + given + " = " + view.text(given) +
             " names one entry, and a plane has two.";
  if (x == y) return "A plane has two entries, and both are " + x + ".";
  return "This model has no two such entries: " + x + ", " + y + ".";
}

std::string caption(const Snapshot& snapshot, const Dataset& data, double magnified, bool em) {
  std::string arrow = solid_step_words(snapshot);
  if (magnified > 1) arrow += " " + format_fixed(magnified, 0) + " times as long";
  return caption_start(snapshot) + ". $J$ over a plane of parameter space, with the way of every run" +
         (arrow.empty() ? "" : (em ? ", " : " and ") + arrow + " (arrow)") +
         (em ? " and where EM goes (open)" : "") +
         " seen from above it: off the plane $J$ is another than the one drawn below them" +
         (em ? "; dashed: levels of the surrogate $Q$" : "") + sampled(snapshot, data) + ".";
}

// The ways of all runs in the parameters of the present model; that of the run itself is never empty.
struct Ways {
  ProjectedPath own;
  std::vector<ProjectedPath> lanes;  // of Snapshot::shown_lanes
  std::vector<Theta> passed;         // the states of all
};

Ways ways_of(const Snapshot& snapshot) {
  Ways out{projected_path(snapshot.path, snapshot), {}, {}};
  if (out.own.states.empty()) out.own.states.push_back(snapshot.state.theta);
  out.passed = out.own.states;
  for (const ComparedRun* lane : snapshot.shown_lanes()) {
    out.lanes.push_back(projected_path(lane->path, snapshot));
    const std::vector<Theta>& states = out.lanes.back().states;
    out.passed.insert(out.passed.end(), states.begin(), states.end());
  }
  return out;
}

// Where EM would come to rest; where there is no EM, where the run has come to.
Theta end_of(const Snapshot& snapshot, const Dataset& data, const ProjectedPath& way, bool em) {
  if (!em) return way.states.back();
  const Mixture& model = mixture_of(snapshot);
  const Eigen::Index passes = kFigureWork / (8 * data.size() * model.components());
  const FixedPoint fixed = find_fixed_point(model, data, snapshot.temperature, snapshot.state.theta,
                                            rule_reg_covar(snapshot), passes);
  return fixed.theta.allFinite() ? fixed.theta : way.states.back();
}

Panel empty_plane(const Slice& plane, const View& view) {
  Panel panel;
  panel.title = "Landscape";
  panel.title_tex = "J(\\theta)";
  panel.grid = false;
  panel.x = {.label = plane.x_label, .lo = plane.grid.x0, .hi = plane.grid.x1};
  panel.y = {.label = plane.y_label, .lo = plane.grid.y0, .hi = plane.grid.y1};
  panel.equal_aspect = plane.x_label != view.config.text("view.landscape_x");
  return panel;
}

void add_surfaces(Figure& figure, Panel& panel, const Snapshot& snapshot, const Dataset& data,
                  const Slice& plane, bool em) {
  Surrogate surrogate(mixture_of(snapshot), data, snapshot.temperature, snapshot.state.theta);
  const Surfaces surfaces = sample(plane, surrogate, em);
  const std::vector<double> levels = levels_of(surfaces.j);
  add_levels(figure, panel, plane.grid, surfaces.j, levels);
  add_level_lines(figure, panel, plane.grid, "J", surfaces.j, levels, {Role::ink, 0, 0.35}, Dash::solid);
  if (em)
    add_level_lines(figure, panel, plane.grid, "Q", surfaces.q, levels, {Role::warn, 0, 0.8}, Dash::dashed);
}

}  // namespace

Figure landscape_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "landscape", .title = "Landscape", .caption = {}, .panels = {}, .keep = {}};
  const Dataset data = affordable(snapshot, kGrid * kGrid);
  const Ways ways = ways_of(snapshot);
  const bool em = mixture_of(snapshot).em_unavailable().empty();
  const Theta end = end_of(snapshot, data, ways.own, em);
  const std::optional<Slice> plane = plane_of(snapshot, view, ways.own.states, ways.passed, end);
  if (!plane)
    return sentence_figure({"landscape", "Landscape", ""}, no_plane(view.config),
                           caption_start(snapshot) + ". ");
  const SolidStep solid = solid_step(snapshot);
  const ShownStep step = solid.to ? shown_step(snapshot, view, *plane, *solid.to) : ShownStep{};
  figure.caption = caption(snapshot, data, step.magnified, em);
  Panel panel = empty_plane(*plane, view);
  add_surfaces(figure, panel, snapshot, data, *plane, em);
  const std::vector<const ComparedRun*> others = snapshot.shown_lanes();
  for (std::size_t i = 0; i < others.size(); ++i)
    add_lane(figure, panel, *plane, *others[i], ways.lanes[i], snapshot);
  add_way(figure, panel, *plane, ways.own);
  if (em) add_end(panel, *plane, end);
  add_step(panel, *plane, "em", snapshot.state.theta, snapshot.em_target, {Role::warn}, true);
  if (solid.to)
    add_step(panel, *plane, solid.of_gradient ? "gradient" : "step", snapshot.state.theta, step.tip,
             {Role::ink}, false);
  const auto [x, y] = plane->place(snapshot.state.theta);
  add_now(panel, x, y);
  Legend legend;
  if (em) legend.entries.emplace_back(Sign::dashes, "levels of Q");
  if (step.magnified > 1) legend.entries.push_back(magnification_entry("step", step.magnified));
  if (!legend.entries.empty()) panel.marks.push_back(std::move(legend));
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
