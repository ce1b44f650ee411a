// The fit on the line with its knots under the axis, and how far each has come.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/labs/kit/other_runs.h"
#include "core/labs/neighbours/kit/toy_figures.h"
#include "core/labs/neighbours/toys/relu_1d.h"

namespace iem {
namespace {

constexpr int kFitSamples = 601;
constexpr Eigen::Index kFitN = Relu1d::kNeurons;

template <class Function>
Line sampled(Figure& figure, const Panel& panel, const std::string& series, Function f) {
  std::vector<double> x, y;
  for (int k = 0; k < kFitSamples; ++k) {
    x.push_back(panel.x.lo + (panel.x.hi - panel.x.lo) * k / (kFitSamples - 1));
    const double value = f(x.back());
    y.push_back(std::abs(value) < 1e300 ? value : NAN);
  }
  Line line{.series = series, .x = {}, .y = {}, .width_px = 2.2};
  line.x = figure.own(std::move(x)), line.y = figure.own(std::move(y));
  return line;
}

void add_theory_fit(Figure& figure, Panel& panel, const Snapshot& s) {
  const Relu1d& model = relu_of(s);
  const bool frozen = !model.is_adaptive() && model.has_frozen();
  const double rate = s.config().real("optimizer.learning_rate");
  Line line = sampled(figure, panel, frozen ? "knots that stay" : "straight lines", [&](double x) {
    if (frozen) return model.frozen(x, s.state.step, rate);
    const bool between = x >= model.rows()(0, 0) && x <= model.rows()(model.rows().rows() - 1, 0);
    return between ? model.straight(x) : std::numeric_limits<double>::quiet_NaN();
  });
  line.ink = {Role::muted};
  line.width_px = 1.2, line.dash = Dash::dashed;
  panel.marks.push_back(std::move(line));
}

// A tick for every knot with a noticeable weight, and a thin trail from its start.
void add_knots(Figure& figure, Panel& panel, const Snapshot& s) {
  const Theta start = toy_of(s).start(s.config());
  const double foot = panel.y.lo + 0.06 * (panel.y.hi - panel.y.lo);
  std::vector<double> x, y;
  for (Eigen::Index i = 0; i < kFitN; ++i) {
    const double from = Relu1d::knot(start, i), to = Relu1d::knot(s.state.theta, i);
    if (!std::isfinite(to) || std::abs(to) > 1e6 || !std::isfinite(foot)) continue;
    const double height = foot + (static_cast<double>(i % 8) - 3.5) * 0.006 * (panel.y.hi - panel.y.lo);
    x.insert(x.end(), {from, to, NAN}), y.insert(y.end(), {height, height, NAN});
    Marker tick{.series = "knot", .x = to, .y = foot, .shape = Shape::tick, .ink = {Role::ink, 0, 0.65}};
    tick.radius_px = 6, tick.halo_px = 0;
    panel.marks.push_back(tick);
  }
  Line trails{.series = "trails of knots", .x = {}, .y = {}, .ink = {Role::accent, 0, 0.3}, .width_px = 1};
  trails.x = figure.own(std::move(x)), trails.y = figure.own(std::move(y));
  panel.marks.push_back(std::move(trails));
}

}  // namespace

Figure relu_stage(const Snapshot& snapshot, const View& view) {
  const Relu1d& model = relu_of(snapshot);
  Figure figure{.id = "stage", .title = "Fit", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = toy_caption(snapshot, std::string("The fit $f$, dashed: ") +
                                             (model.is_adaptive() ? "straight lines between the points"
                                                                  : "the fit of knots that stay, "
                                                                    "in closed form") +
                                             "; below, the knots $b_i/a_i$ with the way each has come.");
  const Eigen::MatrixXd& rows = model.rows();
  const auto column = [&](Eigen::Index a) {
    return range_of({rows.col(a).data(), static_cast<std::size_t>(rows.rows())}, a == 0 ? 0.18 : 0.25);
  };
  std::pair<double, double> x = column(0), y = column(1);
  y.first -= 0.18 * (y.second - y.first);
  Panel panel = toy_stage(view, x, y, false);
  panel.x.label = "x", panel.y.label = "y";
  panel.title = "Fit";
  panel.title_tex = "f(x)";
  add_knots(figure, panel, snapshot);
  add_theory_fit(figure, panel, snapshot);
  for (const ComparedRun* lane : runs_on_stage(snapshot, view)) {
    if (!lane->setup || lane->state.theta.size() != 3 * kFitN) continue;
    Line other = sampled(figure, panel, "f of " + lane->label,
                         [&](double at) { return Relu1d::output(lane->state.theta, at); });
    other.ink = {Role::lane, lane->mark}, other.dash = series_dash(lane->mark);
    other.label = lane->label, other.named_on_screen = false;
    panel.marks.push_back(std::move(other));
  }
  Line fit = sampled(figure, panel, "f", [&](double at) { return Relu1d::output(snapshot.state.theta, at); });
  fit.ink = ink_on_stage(snapshot, view);
  fit.halo_px = 1;
  panel.marks.push_back(std::move(fit));
  for (Eigen::Index i = 0; i < std::min<Eigen::Index>(snapshot.data().size(), 400); ++i) {
    Marker point{.series = "point " + std::to_string(i + 1),
                 .x = snapshot.data().points(i, 0),
                 .y = snapshot.data().points(i, 1),
                 .ink = {Role::ink}};
    point.radius_px = 5.5;
    point.element = {ElementId::Kind::point, static_cast<int>(i)};
    panel.marks.push_back(point);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure relu_knots_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "knots", .title = "Knots", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(snapshot,
                                     "Where each knot $b_i/a_i$ began and where it is; the size of a "
                                     "disc is its weight $|c_ia_i|$. Upright: the points.");
  const Theta start = toy_of(snapshot).start(snapshot.config());
  const Theta& now = snapshot.state.theta;
  Panel panel;
  panel.x = {.label = "began at", .lo = -1.3, .hi = 1.3};
  panel.y = {.label = "is at", .lo = -1.6, .hi = 1.6};
  panel.title = "Knots";
  panel.title_tex = "b_i/a_i";
  Line still{.series = "where it began", .x = {}, .y = {}, .ink = {Role::hairline}, .width_px = 1};
  still.x = still.y = figure.own({-1.3, 1.3});
  panel.marks.push_back(still);
  const Eigen::MatrixXd& rows = relu_of(snapshot).rows();
  for (Eigen::Index j = 0; j < std::min<Eigen::Index>(rows.rows(), 40); ++j) {
    Line level{.series = "point " + std::to_string(j + 1), .x = {}, .y = {}, .ink = {Role::faint}};
    level.width_px = 1, level.dash = Dash::dotted;
    level.x = figure.own({-1.3, 1.3}), level.y = figure.own({rows(j, 0), rows(j, 0)});
    panel.marks.push_back(std::move(level));
  }
  double heaviest = 1e-12;
  for (Eigen::Index i = 0; i < kFitN; ++i)
    heaviest = std::max(heaviest, std::abs(now[2 * kFitN + i] * now[i]));
  for (Eigen::Index i = 0; i < kFitN; ++i) {
    const double to = Relu1d::knot(now, i), weight = std::abs(now[2 * kFitN + i] * now[i]);
    if (!(std::abs(to) < 1e6) || !std::isfinite(weight)) continue;
    Marker dot{.series = "knot " + std::to_string(i + 1), .x = Relu1d::knot(start, i), .y = to};
    dot.ink = {Role::accent, 0, 0.75};
    dot.radius_px = 1.5 + 4 * std::sqrt(weight / heaviest);
    dot.halo_px = 0.5;
    panel.marks.push_back(dot);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
