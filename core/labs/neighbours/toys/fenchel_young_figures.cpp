// The plane of energy gaps with the corner where the loss is 0, the same plane in the triangle of shares, the
// loss over a gap, and a gradient between its bounds.
#include <algorithm>
#include <cmath>

#include "core/labs/kit/levels.h"
#include "core/labs/kit/other_runs.h"
#include "core/labs/neighbours/kit/toy_figures.h"
#include "core/labs/neighbours/toys/fenchel_young.h"
#include "core/labs/neighbours/toys/simplex_kl.h"

namespace iem {
namespace {

// Energies with these gaps of the two other classes above that of the label.
std::array<double, 3> energies_at(const FenchelYoung& model, double first, double second) {
  const auto y = static_cast<std::size_t>(model.label());
  std::array<double, 3> d{};
  d[(y + 1) % 3] = first, d[(y + 2) % 3] = second;
  return d;
}

Eigen::Vector2d corner_place(const FenchelYoung& model, const std::array<double, 3>& d) {
  const std::array<double, 3> p = model.shares(d);
  return place_of({p[0], p[1], p[2]});
}

}  // namespace

Figure fenchel_stage(const Snapshot& snapshot, const View& view) {
  const FenchelYoung& model = fenchel_of(snapshot);
  Figure figure{.id = "stage", .title = "Energies", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = toy_caption(snapshot,
                               "How far the energies of the two other classes are above that of the "
                               "right one, over lines of equal loss; dashed: from there on it is 0.");
  const std::vector<double> at = model.places(snapshot.state.theta);
  const double tau = model.tau(), far = 4 * tau;
  std::vector<double> x = {-2 * tau, far}, y = x;
  for (const Track::Row& row : trails_until_now(snapshot, 200))
    if (row.numbers.size() >= 2) x.push_back(row.numbers[0]), y.push_back(row.numbers[1]);
  Panel panel = toy_stage(view, range_of(x, 0.03), range_of(y, 0.03), true);
  const int label = model.label();
  panel.x.label = "class " + std::to_string((label + 1) % 3) + " above class " + std::to_string(label);
  panel.y.label = "class " + std::to_string((label + 2) % 3) + " above class " + std::to_string(label);
  panel.title = "Energies";
  panel.title_tex = "d_k-d_y";
  const PlaneGrid grid{61, panel.x.lo, panel.x.hi, panel.y.lo, panel.y.hi};
  std::vector<double> values;
  for (int row = 0; row < grid.side; ++row)
    for (int column = 0; column < grid.side; ++column)
      values.push_back(model.loss_of(energies_at(model, grid.x(column), grid.y(row))));
  std::vector<double> levels;
  for (const double level : {0.02, 0.1, 0.3, 0.6, 1.0, 1.5, 2.2, 3.0}) levels.push_back(level * tau);
  if (std::ranges::all_of(values, [](double v) { return std::isfinite(v); }))
    add_level_lines(figure, panel, grid, "loss", values, levels, {Role::faint}, Dash::solid);
  if (const double edge = tau * model.margin(); std::isfinite(edge)) {
    Line corner{.series = "loss 0", .x = {}, .y = {}, .ink = {Role::ink}, .width_px = 1.4};
    corner.dash = Dash::dashed;
    corner.x = figure.own({edge, edge, std::max(panel.x.hi, edge)});
    corner.y = figure.own({std::max(panel.y.hi, edge), edge, edge});
    panel.marks.push_back(std::move(corner));
    Text name{.x = edge, .y = edge, .text = "loss 0", .ink = {Role::muted}, .dx_px = 8, .dy_px = -8};
    panel.marks.push_back(std::move(name));
  }
  add_ways(figure, panel, snapshot, view);
  if (std::isfinite(at[0]) && std::isfinite(at[1])) {
    Marker now{.series = "energies", .x = at[0], .y = at[1]};
    now.ink = ink_on_stage(snapshot, view);
    now.radius_px = 6.5;
    now.hollow = snapshot.evaluation.gradient.size() > 0 && snapshot.evaluation.gradient.isZero(0);
    now.element = {ElementId::Kind::prototype, 0};
    panel.marks.push_back(now);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure fenchel_map_figure(const Snapshot& snapshot, const View&) {
  const FenchelYoung& model = fenchel_of(snapshot);
  Figure figure{.id = "map", .title = "Energies to shares", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(
      snapshot,
      "A grid of energies as shares: a sparse rule folds what lies far out onto the edges and corners.");
  Panel panel;
  panel.x = {.lo = -0.08, .hi = 1.08, .ticks = false};
  panel.y = {.lo = -0.08, .hi = 0.96, .ticks = false};
  panel.equal_aspect = true;
  panel.grid = false;
  panel.title = "Shares";
  panel.title_tex = "p(d)";
  const double top = place_of({0, 0, 1})[1];
  std::vector<double> x, y;
  constexpr int kLines = 16, kSteps = 80;
  for (int line = -kLines; line <= kLines; ++line)
    for (const bool first : {true, false}) {
      for (int k = -kSteps; k <= kSteps; ++k) {
        const double along = 4.0 * model.tau() * k / kSteps, across = 4.0 * model.tau() * line / kLines;
        const Eigen::Vector2d at = corner_place(
            model, first ? energies_at(model, along, across) : energies_at(model, across, along));
        x.push_back(at[0]), y.push_back(at[1]);
      }
      x.push_back(NAN), y.push_back(NAN);
    }
  Line grid{.series = "grid", .x = {}, .y = {}, .ink = {Role::muted, 0, 0.5}, .width_px = 0.8};
  grid.x = figure.own(std::move(x)), grid.y = figure.own(std::move(y));
  panel.marks.push_back(std::move(grid));
  Line edge{.series = "triangle", .x = {}, .y = {}, .ink = {Role::ink}, .width_px = 1.2};
  edge.x = figure.own({0, 1, 0.5, 0}), edge.y = figure.own({0, 0, top, 0});
  panel.marks.push_back(std::move(edge));
  const Eigen::Vector2d now = corner_place(model, model.energies(snapshot.state.theta)),
                        goal = place_of(Eigen::Vector3d::Unit(model.label()));
  Marker right{.series = "right class", .x = goal[0], .y = goal[1], .shape = Shape::ring, .ink = {Role::ink}};
  right.radius_px = 7;
  panel.marks.push_back(right);
  if (now.allFinite())
    panel.marks.push_back(
        Marker{.series = "shares",
               .x = now[0],
               .y = now[1],
               .ink = snapshot.shown_lanes().empty() ? Ink{Role::accent} : Ink{Role::lane, snapshot.mark},
               .radius_px = 5});
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure fenchel_loss_figure(const Snapshot& snapshot, const View&) {
  const FenchelYoung& model = fenchel_of(snapshot);
  Figure figure{.id = "gap", .title = "Loss over the gap", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(snapshot,
                                     "The loss of two classes over $d_k-d_y$: 0 from $\\tau$ on with "
                                     "sparsemax, from $2\\tau$ on with entmax, nowhere with softmax.");
  const double tau = model.tau();
  Panel panel;
  panel.x = {.label = "gap", .lo = -tau, .hi = 4 * tau};
  panel.y = {.lo = -0.05 * tau, .hi = 1.4 * tau};
  panel.title = "Loss";
  panel.title_tex = "\\ell(d_k-d_y)";
  int j = 0;
  for (const auto& [rule, name] : {std::pair{Responsibility::softmax, "softmax"},
                                   {Responsibility::entmax15, "entmax"},
                                   {Responsibility::sparsemax, "sparsemax"}}) {
    std::vector<double> x, y;
    for (int k = 0; k <= 400; ++k) {
      const std::array<double, 2> d = {0, panel.x.lo + (panel.x.hi - panel.x.lo) * k / 400};
      std::array<double, 2> p{};
      x.push_back(d[1]), y.push_back(log_partition(rule, d, tau, p));
    }
    Line line{.series = name, .x = {}, .y = {}, .ink = {Role::lane, j}, .width_px = 1.6};
    if (rule == model.rule()) line.width_px = 2.6;
    line.dash = series_dash(j);
    line.x = figure.own(std::move(x)), line.y = figure.own(std::move(y));
    line.label = name, line.name_at_end = true;
    panel.marks.push_back(std::move(line));
    ++j;
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure fenchel_sandwich_figure(const Snapshot& snapshot, const View&) {
  Figure figure{
      .id = "bounds", .title = "Gradient between its bounds", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(
      snapshot,
      "$\\lambda_{\\min}(AA^\\top)\\|p-e_y\\|^2\\leq\\|\\partial J/\\partial\\theta\\|^2\\leq"
      "\\lambda_{\\max}(AA^\\top)\\|p-e_y\\|^2$, $A=\\partial(-d)/\\partial\\theta$.");
  Panel panel = step_panel(snapshot, {0, 1});
  panel.title = "Gradient";
  panel.title_tex = "\\|\\partial J/\\partial\\theta\\|^2";
  panel.y.scale = Scale::log10;
  double least = 1, most = 1e-12;
  int j = 0;
  for (const auto& [id, name] : {std::pair{"gradient_lower", "lower bound"},
                                 {"gradient_upper", "upper bound"},
                                 {"gradient_squared", "squared gradient"}}) {
    StepCurve curve = metric_curve(snapshot, id);
    for (double& each : curve.y) {
      if (!(each > 1e-20) || !(each < 1e300)) each = NAN;
      if (!std::isnan(each)) least = std::min(least, each), most = std::max(most, each);
    }
    const bool between = j == 2;
    Line& line = add_curve(figure, panel, name, curve, snapshot.state.step,
                           between ? Ink{Role::accent} : Ink{Role::muted}, between ? 2.2 : 1.2,
                           between  ? Dash::solid
                           : j == 0 ? Dash::dashed
                                    : Dash::dotted);
    line.label = name, line.name_at_end = true;
    ++j;
  }
  panel.y.lo = std::min(least / 2, most / 20), panel.y.hi = most * 2;
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
