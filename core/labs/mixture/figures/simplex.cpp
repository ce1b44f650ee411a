// The weights of three prototypes as a point of a triangle: J over all weights with the other parameters
// fixed, the path of every run, and the steps of EM (pi_j g_j) and of mirror descent (pi_j exp(eta g_j) / Z),
// g_j = N_j / (N pi_j) (Kivinen & Warmuth 1997).
#include <algorithm>
#include <array>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/labs/kit/levels.h"
#include "core/labs/mixture/figures/theory.h"

namespace iem {
namespace {

constexpr int kCells = 56;
constexpr double kHeight = 0.86602540378443865;  // of a triangle with sides of 1
constexpr double kLeast = 1e-4;                  // the least weight at which J is sampled

using Weights = std::array<double, 3>;

// Corner j stands for weight 1 of prototype j: left, right, top.
std::pair<double, double> place(const Weights& w) { return {w[1] + 0.5 * w[2], kHeight * w[2]}; }

Weights weights_at(double x, double y) {
  const double top = y / kHeight, right = x - 0.5 * top;
  return {1 - right - top, right, top};
}

bool inside(double x, double y) {
  const Weights w = weights_at(x, y);
  return std::min({w[0], w[1], w[2]}) >= -1e-9;
}

Weights normalised(Weights w, double least) {
  double sum = 0;
  for (double& x : w) x = std::max(x, least), sum += x;
  for (double& x : w) x /= sum;
  return w;
}

Weights weights_of(const Mixture& model, const Theta& theta) {
  Weights out{};
  const auto components = model.unpack(theta);
  for (std::size_t j = 0; j < out.size(); ++j) out[j] = components[j].weight;
  return out;
}

// The present parameters with other weights.
Theta with_weights(const Snapshot& snapshot, const Weights& w) {
  const Block& block = snapshot.model().layout().block("weights");
  Theta theta = snapshot.state.theta;
  for (std::size_t j = 0; j < w.size(); ++j)
    theta[block.offset + static_cast<Eigen::Index>(j)] = libm::log(w[j]);
  return theta;
}

void add_ground(Figure& figure, Panel& panel, const Snapshot& snapshot, const Dataset& data) {
  const PlaneGrid grid{kCells, 0, 1, 0, kHeight};
  Surrogate surrogate(mixture_of(snapshot), data, snapshot.temperature, snapshot.state.theta);
  std::vector<double> j, seen;
  for (int row = 0; row < kCells; ++row)
    for (int column = 0; column < kCells; ++column) {
      const double x = grid.x(column), y = grid.y(row);
      j.push_back(surrogate.at(with_weights(snapshot, normalised(weights_at(x, y), kLeast))).j);
      if (inside(x, y)) seen.push_back(j.back());
    }
  add_levels(figure, panel, grid, j, levels_of(std::move(seen)), inside);
  Line rim{.series = "simplex",
           .x = figure.own({0, 1, 0.5, 0}),
           .y = figure.own({0, 0, kHeight, 0}),
           .ink = {Role::muted}};
  rim.width_px = 1.5;
  panel.marks.push_back(std::move(rim));
  for (int k = 0; k < 3; ++k) {
    Weights corner{};
    corner[static_cast<std::size_t>(k)] = 1;
    const auto [x, y] = place(corner);
    Marker mark{.series = "prototype " + std::to_string(k + 1), .x = x, .y = y, .shape = Shape::prototype};
    mark.ink = {Role::mark, k};
    panel.marks.push_back(std::move(mark));
  }
}

// Draws the path of the run, or that of another run with its name.
void add_way(Figure& figure, Panel& panel, const Snapshot& snapshot, const ComparedRun* lane) {
  const std::string name = lane ? lane->label : "";
  std::vector<double> x, y;
  for (const auto& frame : lane ? lane->path : snapshot.path) {
    if (frame->state.theta.size() != snapshot.state.theta.size()) continue;
    const auto [at_x, at_y] = place(weights_of(mixture_of(snapshot), frame->state.theta));
    x.push_back(at_x);
    y.push_back(at_y);
  }
  if (x.size() < 2) return;
  Line line{.series = name.empty() ? "way" : "way of " + name,
            .x = figure.own(std::move(x)),
            .y = figure.own(std::move(y)),
            .ink = {Role::accent}};
  line.width_px = 2.2;
  if (lane) mark_as_lane(line, *lane, snapshot);
  line.halo_px = 1.2;
  panel.marks.push_back(std::move(line));
}

// Whether the path of the run lies right of its present place; names then stand on the left.
bool came_from_the_right(const Snapshot& snapshot, const Weights& now) {
  for (const auto& frame : snapshot.path)
    if (frame->state.theta.size() == snapshot.state.theta.size())
      return place(weights_of(mixture_of(snapshot), frame->state.theta)).first > place(now).first;
  return false;
}

// The step of a rule: a dashed line, an open disc at its end, and the rule's name.
void add_target(Panel& panel, const std::string& name, const Weights& from, const Weights& to, const Ink& ink,
                double dy_px, bool name_left) {
  const auto [x0, y0] = place(from);
  const auto [x1, y1] = place(to);
  Arrow line{name, x0, y0, x1, y1, ink};
  line.dash = Dash::dashed;
  line.width_px = 1.6;
  line.head_length_px = line.head_width_px = 0;
  panel.marks.push_back(std::move(line));
  Marker mark{.series = name + " target", .x = x1, .y = y1, .ink = ink};
  mark.hollow = true;
  mark.radius_px = 5;
  panel.marks.push_back(std::move(mark));
  Text text{.x = x1, .y = y1, .text = name, .ink = ink};
  text.dx_px = name_left ? -10 : 10;
  text.anchor = name_left ? Anchor::right : Anchor::left;
  text.dy_px = dy_px;
  text.plate = true;
  panel.marks.push_back(std::move(text));
}

void add_targets(Panel& panel, const Snapshot& snapshot, const Weights& now) {
  const auto counts = snapshot.evaluation.statistics.col(kernel::kN);
  const double total = counts.sum();
  if (!(total > 0)) return;
  const double eta = snapshot.config().real("optimizer.learning_rate");
  Weights em{}, mirror{};
  for (std::size_t j = 0; j < now.size(); ++j) {
    em[j] = counts[static_cast<Eigen::Index>(j)] / total;
    mirror[j] = now[j] > 0 ? now[j] * libm::exp(eta * em[j] / now[j]) : 0;
  }
  const bool left = came_from_the_right(snapshot, now);
  add_target(panel, "EM", now, em, {Role::warn}, -8, left);
  add_target(panel, "exponentiated", now, normalised(mirror, 0), {Role::ink}, 16, left);
}

}  // namespace

Figure simplex_figure(const Snapshot& snapshot, const View&) {
  const Mixture& model = mixture_of(snapshot);
  if (model.components() != 3)
    return sentence_figure({"simplex", "Simplex", ""},
                           "The simplex of the weights is drawn for three prototypes.",
                           caption_start(snapshot) + ". ");
  const Dataset data = affordable(snapshot, kCells * kCells);
  Figure figure{.id = "simplex", .title = "Simplex", .caption = {}, .panels = {}, .keep = {}};
  figure.caption =
      caption_start(snapshot) +
      ". $J$ over the weights, the other parameters as they are; a corner is weight 1. EM: $\\pi_j g_j$; "
      "exponentiated: $\\pi_j e^{\\eta g_j}/Z$, $\\eta=" +
      number_tex(snapshot.config().real("optimizer.learning_rate")) + "$, $g_j = N_j/(N\\pi_j)$" +
      sampled(snapshot, data) + ".";
  Panel panel;
  panel.title = "Simplex";
  panel.title_tex = "\\pi";
  panel.grid = panel.x.ticks = panel.y.ticks = false;
  panel.equal_aspect = true;
  panel.x.lo = -0.08, panel.x.hi = 1.08;
  panel.y.lo = -0.08, panel.y.hi = kHeight + 0.08;
  add_ground(figure, panel, snapshot, data);
  for (const ComparedRun* lane : snapshot.shown_lanes()) add_way(figure, panel, snapshot, lane);
  add_way(figure, panel, snapshot, nullptr);
  const Weights now = weights_of(model, snapshot.state.theta);
  add_targets(panel, snapshot, now);
  const auto [x, y] = place(now);
  add_now(panel, x, y);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
