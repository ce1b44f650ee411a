// The bound: J and its EM surrogate along the line to the target of EM, touching at the present parameters;
// and the free energy F(q, theta) = E_q[d] - tau H(q), which E-steps lower to J and M-steps lower on (Neal &
// Hinton 1998).
#include <cmath>
#include <tuple>

#include "core/labs/mixture/figures/formulas.h"
#include "core/labs/mixture/figures/theory.h"

namespace iem {
namespace {

constexpr int kOnLine = 81, kAlternations = 8;

// The target of the line: the step of EM on these points or, without an M-step, the step of the rule.
struct Aim {
  Theta theta;
  bool by_em = false;
};

Aim aim(const Snapshot& snapshot, const Dataset& data, const Evaluation& here) {
  const Mixture& model = mixture_of(snapshot);
  if (!model.em_unavailable().empty()) return {snapshot.gradient_target, false};
  Theta em = model.em_step(snapshot.state.theta, data, here, rule_reg_covar(snapshot));
  if (!em.allFinite()) return {snapshot.gradient_target, false};
  return {std::move(em), true};
}

void add_marker(Panel& panel, const std::string& series, double x, double y, bool hollow) {
  Marker marker{.series = series, .x = x, .y = y, .shape = Shape::disc, .ink = {Role::accent}};
  marker.radius_px = 5;
  marker.hollow = hollow;
  panel.marks.push_back(std::move(marker));
}

// The range, widened where EM has converged and the values differ by rounding only.
std::pair<double, double> visible_range(const std::vector<double>& values, double margin) {
  auto [lo, hi] = range_of(values, margin);
  const double least = 1e-6 * std::max(1.0, std::abs(lo));
  if (hi - lo < least) lo -= least, hi += least;
  return {lo, hi};
}

Panel line_panel(Figure& figure, const Theta& from, const Aim& to, Surrogate& surrogate) {
  std::vector<double> s(kOnLine), j(kOnLine), q(kOnLine);
  for (std::size_t i = 0; i < kOnLine; ++i) {
    s[i] = -0.6 + 2.2 * static_cast<double>(i) / (kOnLine - 1);
    const Surrogate::Values value = surrogate.at(from + s[i] * (to.theta - from));
    j[i] = value.j;
    q[i] = value.q;
  }
  Panel panel;
  panel.height = 0.6;
  panel.title = "Bound";
  panel.title_tex = "J\\leq Q";
  panel.x = {
      .label = to.by_em ? "from here (0) to where EM goes (1)" : "from here (0) to the gradient step (1)",
      .lo = s.front(),
      .hi = s.back()};
  std::tie(panel.y.lo, panel.y.hi) = visible_range(j, 0.08);
  const Surrogate::Values end = surrogate.at(to.theta);
  if (std::isfinite(end.q)) panel.y.hi = std::max(panel.y.hi, end.q);
  const double room = 0.35 * (panel.y.hi - panel.y.lo);
  panel.y.hi += room;
  for (double& value : q)
    if (!(value < panel.y.hi + 4 * room)) value = std::nan("");  // leaves the picture
  const Values x = figure.own(std::move(s));
  Line bound{.series = "Q", .x = x, .y = figure.own(std::move(q)), .ink = {Role::warn}, .width_px = 2};
  bound.label = "Q";
  bound.dash = Dash::dashed;
  bound.label_at = 0.12;
  Line loss{.series = "J", .x = x, .y = figure.own(std::move(j)), .ink = {Role::ink}, .width_px = 2.4};
  loss.label = "J";
  loss.label_dy_px = 14;
  panel.marks.push_back(std::move(bound));
  panel.marks.push_back(std::move(loss));
  add_marker(panel, "here", 0, surrogate.anchor().loss, false);
  if (std::isfinite(end.q)) add_marker(panel, to.by_em ? "em" : "gradient step", 1, end.q, true);
  return panel;
}

// F after every half-step of EM from the present state: x counts half-steps, even ones are E-steps.
Panel free_energy_panel(Figure& figure, const Snapshot& snapshot, const Dataset& data) {
  const Mixture& model = mixture_of(snapshot);
  std::vector<double> step, f;
  Theta theta = snapshot.state.theta;
  for (int round = 0; round <= kAlternations; ++round) {
    Surrogate surrogate(model, data, snapshot.temperature, theta);
    step.push_back(round);
    f.push_back(surrogate.anchor().loss);
    theta = model.em_step(theta, data, surrogate.anchor(), rule_reg_covar(snapshot));
    if (round == kAlternations || !theta.allFinite()) break;
    step.push_back(round + 0.5);
    f.push_back(surrogate.at(theta).q);
  }
  Panel panel;
  panel.height = 0.4;
  panel.title = "Free energy";
  panel.title_tex = "F(q,\\theta)";
  panel.x = {.label = "EM steps from here", .lo = -0.2, .hi = kAlternations + 0.2};
  panel.x.whole = true;
  std::tie(panel.y.lo, panel.y.hi) = visible_range(f, 0.12);
  panel.y.hi += 0.35 * (panel.y.hi - panel.y.lo);  // for the name above the first place, which is the highest
  const Values x = figure.own(step), y = figure.own(f);
  panel.marks.push_back(
      Line{.series = "free energy", .x = x, .y = y, .ink = {Role::ink, 0, 0.5}, .width_px = 1.4});
  for (std::size_t i = 0; i < x.size(); ++i)
    add_marker(panel, i % 2 == 0 ? "after the E-step" : "after the M-step", x[i], y[i], i % 2 == 1);
  for (std::size_t i = 0; i < std::min<std::size_t>(2, x.size()); ++i) {
    Text name{x[i], y[i], i == 0 ? "after E" : "after M"};
    name.dx_px = 10, name.dy_px = i == 0 ? -8.0 : 16.0;  // a half step apart: one above, one below
    panel.marks.push_back(std::move(name));
  }
  return panel;
}

}  // namespace

Figure bound_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "bound", .title = "Bound", .caption = {}, .panels = {}, .keep = {}};
  const Mixture& model = mixture_of(snapshot);
  const Dataset data = affordable(snapshot, kOnLine + 2 * kAlternations + 2);
  Surrogate surrogate(model, data, snapshot.temperature, snapshot.state.theta);
  const Aim to = aim(snapshot, data, surrogate.anchor());
  // The regulariser of the responsibilities: the entropy for softmax, Omega for sparse ones.
  const bool softmax = model.responsibility() == Responsibility::softmax;
  const auto price = [&](const std::string& q) {
    return softmax ? "- \\tau H(" + q + ")" : "+ \\tau\\,\\Omega(" + q + ")";
  };
  figure.caption = caption_start(snapshot) +
                   ". $J$ and its EM surrogate $Q(\\theta\\mid\\theta_t) = \\mathrm{E}_r[d(\\theta)] " +
                   price("r") + "$, $r$ at $\\theta_t$, touch at $\\theta_t$" + sampled(snapshot, data) + ".";
  if (!softmax)
    figure.caption += " $" + regulariser_tex(model.responsibility()) + "$, averaged over the points.";
  figure.panels.push_back(line_panel(figure, snapshot.state.theta, to, surrogate));
  if (to.by_em) {
    figure.caption += " $F(q,\\theta) = \\mathrm{E}_q[d] " + price("q") +
                      "$: E-steps (full) lower it to $J$, M-steps (open) lower it on.";
    figure.panels.push_back(free_energy_panel(figure, snapshot, data));
  } else {
    figure.panels.front().height = 1;
  }
  return figure;
}

}  // namespace iem
