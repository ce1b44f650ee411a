// The keys beside those of the Bayesian posterior; the entropy of the prediction over evidence; the path of
// the output.
#include <algorithm>
#include <cmath>

#include "core/data/sources/toy_sources.h"
#include "core/labs/kit/plane_stage.h"
#include "core/labs/neighbours/kit/toy_figures.h"
#include "core/labs/neighbours/toys/simplex_kl.h"
#include "core/labs/neighbours/toys/wind_tunnel.h"

namespace iem {
namespace {

Eigen::MatrixXd less_their_mean(Eigen::MatrixXd keys) {
  keys.rowwise() -= keys.colwise().mean().eval();
  return keys;
}

// The pinned episode, else the first.
Eigen::Index shown_episode(const Snapshot& s, const View& view) { return std::max(0, shown_point(s, view)); }

Panel keys_panel(const Snapshot& snapshot, const View& view) {
  const WindTunnel& model = tunnel_of(snapshot);
  const Eigen::MatrixXd now = less_their_mean(model.keys(snapshot.state.theta)),
                        bayes = less_their_mean(model.bayesian_keys());
  std::vector<double> x, y;
  for (const Eigen::MatrixXd* each : {&now, &bayes}) {
    x.insert(x.end(), each->col(0).begin(), each->col(0).end());
    y.insert(y.end(), each->col(1).begin(), each->col(1).end());
  }
  Panel panel = toy_stage(view, range_of(x, 0.2), range_of(y, 0.35), false);
  panel.x.label = "times the sum of observations", panel.y.label = "times their count";
  panel.title = "Keys";
  panel.title_tex = "k_h-\\overline{k}";
  for (Eigen::Index h = 0; h < bayes.rows(); ++h) {
    if (!bayes.allFinite() || !now.allFinite()) break;
    Arrow off{.series = "to go", .x0 = now(h, 0), .y0 = now(h, 1), .ink = {Role::faint}};
    off.x1 = bayes(h, 0), off.y1 = bayes(h, 1);
    off.width_px = 1, off.head_length_px = 0, off.dash = Dash::dashed, off.halo = false;
    panel.marks.push_back(off);
    Marker goal{.series = "Bayesian", .x = bayes(h, 0), .y = bayes(h, 1), .shape = Shape::prototype};
    goal.ink = {Role::line, static_cast<int>(h)};
    goal.radius_px = 9, goal.hollow = true;
    panel.marks.push_back(goal);
  }
  for (Eigen::Index h = 0; h < now.rows() && now.allFinite(); ++h) {
    Marker key{.series = "key " + std::to_string(h + 1), .x = now(h, 0), .y = now(h, 1)};
    key.shape = Shape::prototype;
    key.ink = {Role::mark, static_cast<int>(h)};
    key.radius_px = 7;
    key.element = {ElementId::Kind::prototype, static_cast<int>(h)};
    panel.marks.push_back(key);
  }
  return panel;
}

// The entropy over the amount of evidence: that of the head, and the least possible one.
Panel evidence_panel(Figure& figure, const Snapshot& snapshot) {
  const WindTunnel& model = tunnel_of(snapshot);
  std::vector<double> at, own, floor;
  Panel panel;
  if (model.is_tracking()) {
    const Eigen::VectorXd head = model.entropies(model.keys(snapshot.state.theta), snapshot.data()),
                          bayes = model.bayesian_entropies();
    own.assign(head.begin(), head.end()), floor.assign(bayes.begin(), bayes.end());
    panel.x.label = "observations";
  } else {
    own = model.elimination(snapshot.state.theta[0]), floor = model.elimination_floor();
    panel.x.label = "seen";
  }
  const int first = model.is_tracking() ? 1 : 0;
  for (std::size_t k = 0; k < own.size(); ++k) at.push_back(static_cast<double>(k) + first);
  for (double& each : own)
    if (!std::isfinite(each)) each = NAN;
  panel.x.lo = first - 0.3, panel.x.hi = at.back() + 0.3;
  panel.x.whole = true;
  std::vector<double> all = own;
  all.insert(all.end(), floor.begin(), floor.end());
  panel.y.lo = -0.05, panel.y.hi = std::max(range_of(all, 0.08).second, 0.1);
  panel.y.label = "entropy", panel.y.unit = "nats";
  panel.title = "Entropy";
  panel.title_tex = "H(p)";
  Line known{
      .series = model.is_tracking() ? "Bayesian" : "log(n - k)", .x = {}, .y = {}, .ink = {Role::muted}};
  known.width_px = 1.4, known.dash = Dash::dashed;
  known.x = figure.own(at), known.y = figure.own(floor);
  panel.marks.push_back(known);
  Line said{.series = "head", .x = known.x, .y = {}, .ink = {Role::accent}, .width_px = 2.2};
  said.y = figure.own(own);
  panel.marks.push_back(said);
  for (std::size_t k = 0; k < at.size(); ++k) {
    if (!std::isfinite(own[k])) continue;
    Marker dot{.series = "after", .x = at[k], .y = own[k], .ink = {Role::accent}};
    dot.radius_px = 3.2, dot.halo_px = 1;
    if (!model.is_tracking()) dot.radius_px = 5;
    if (!model.is_tracking() && k > 0) dot.element = {ElementId::Kind::prototype, static_cast<int>(k)};
    panel.marks.push_back(dot);
  }
  return panel;
}

}  // namespace

Figure tunnel_stage(const Snapshot& snapshot, const View& view) {
  const WindTunnel& model = tunnel_of(snapshot);
  Figure figure{.id = "stage", .title = "Head", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = toy_caption(
      snapshot, model.is_tracking()
                    ? "The keys less their mean, with those of the Bayesian hollow."
                    : "The entropy of what is said after so many symbols are seen; dashed: $\\log(n-k)$.");
  if (model.is_tracking()) {
    figure.panels.push_back(keys_panel(snapshot, view));
    return figure;
  }
  Panel panel = evidence_panel(figure, snapshot);
  for (const auto& [key, axis] : {std::pair{"view.x", &panel.x}, std::pair{"view.y", &panel.y}})
    if (const Tensor& given = view.config.tensor(key); given.data.size() == 2)
      axis->lo = given.data[0], axis->hi = given.data[1];
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure tunnel_entropy_figure(const Snapshot& snapshot, const View&) {
  Figure figure{.id = "evidence", .title = "Entropy over evidence", .caption = {}, .panels = {}, .keep = {}};
  figure.caption =
      short_toy_caption(snapshot, "The mean entropy of what the head says; dashed: of what can be known.");
  figure.panels.push_back(evidence_panel(figure, snapshot));
  return figure;
}

Figure tunnel_learned_figure(const Snapshot& snapshot, const View&) {
  const WindTunnel& model = tunnel_of(snapshot);
  Figure figure{.id = "learned", .title = "What is learned", .caption = {}, .panels = {}, .keep = {}};
  const std::string name = !model.is_tracking() ? "M" : model.learns_keys() ? "k_{11}" : "\\beta";
  figure.caption = short_toy_caption(snapshot, "$" + name + "$ over steps.");
  StepCurve curve = metric_curve(snapshot, "learned");
  const double goal = model.is_tracking() && !model.learns_keys() ? model.inverse_variance() : NAN;
  std::vector<double> all = curve.y;
  if (std::isfinite(goal)) all.push_back(goal);
  auto [lo, hi] = range_of(all, 0.12);
  if (hi - lo < 0.1) lo -= 0.05, hi += 0.05;
  Panel panel = step_panel(snapshot, {lo, hi});
  panel.title = "Learned";
  panel.title_tex = name;
  add_level(figure, panel, "theory", goal, "");
  add_curve(figure, panel, "learned", std::move(curve), snapshot.state.step, {Role::accent}, 2);
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure tunnel_ruled_out_figure(const Snapshot& snapshot, const View&) {
  const WindTunnel& model = tunnel_of(snapshot);
  Figure figure{
      .id = "ruled_out", .title = "Left to what is ruled out", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = short_toy_caption(
      snapshot,
      "$k\\,e^{-M}/(n-k+k\\,e^{-M})$: the share of the symbols that were seen; without $M$ it is $k/n$.");
  std::vector<double> at, now, start;
  for (int k = 1; k < model.symbols() && !model.is_tracking(); ++k) {
    at.push_back(k), start.push_back(model.share_of_seen(0, k));
    const double share = model.share_of_seen(snapshot.state.theta[0], k);
    now.push_back(share > 1e-300 && share <= 1 ? share : NAN);
  }
  Panel panel;
  panel.x = {.label = "seen", .lo = 0.6, .hi = model.symbols() - 0.6};
  panel.x.whole = true;
  const double least = now.empty() || std::isnan(now.front()) ? 0.1 : now.front();
  panel.y = {.lo = std::min(0.01, least / 2), .hi = 1.6, .scale = Scale::log10};
  panel.title = "Ruled out";
  panel.title_tex = "p(\\mathrm{seen})";
  Line known{.series = "at M = 0", .x = {}, .y = {}, .ink = {Role::muted}, .width_px = 1.2};
  known.dash = Dash::dotted;
  known.x = figure.own(at), known.y = figure.own(std::move(start));
  panel.marks.push_back(known);
  Line left{.series = "share", .x = known.x, .y = {}, .ink = {Role::accent}, .width_px = 2};
  left.y = figure.own(now);
  panel.marks.push_back(std::move(left));
  for (std::size_t k = 0; k < at.size(); ++k) {
    if (std::isnan(now[k])) continue;
    Marker dot{.series = "after", .x = at[k], .y = now[k], .ink = {Role::accent}};
    dot.radius_px = 3.2, dot.halo_px = 1;
    panel.marks.push_back(dot);
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure tunnel_manifold_figure(const Snapshot& snapshot, const View& view) {
  const WindTunnel& model = tunnel_of(snapshot);
  Figure figure{.id = "manifold", .title = "Way of the output", .caption = {}, .panels = {}, .keep = {}};
  if (!model.is_tracking())
    return sentence_figure({.id = figure.id, .title = figure.title, .help = {}},
                           "The game of elimination has no values.", caption_start(snapshot) + ". ");
  const Eigen::Index episode = shown_episode(snapshot, view);
  figure.caption = short_toy_caption(
      snapshot, "With values at the corners of a triangle the output of episode " + std::to_string(episode) +
                    " walks from the middle to a corner as evidence comes in; dashed: that of the Bayesian.");
  Panel panel;
  panel.x = {.lo = -0.12, .hi = 1.12, .ticks = false};
  panel.y = {.lo = -0.12, .hi = 1.0, .ticks = false};
  panel.equal_aspect = true;
  panel.grid = false;
  panel.title = "Output";
  panel.title_tex = "\\sum_hp_hv_h";
  Line edge{.series = "triangle", .x = {}, .y = {}, .ink = {Role::hairline}, .width_px = 1.2};
  const double top = place_of({0, 0, 1})[1];
  edge.x = figure.own({0, 1, 0.5, 0}), edge.y = figure.own({0, 0, top, 0});
  panel.marks.push_back(edge);
  for (Eigen::Index h = 0; h < 3; ++h) {
    const Eigen::Vector2d corner = place_of(Eigen::Vector3d::Unit(h));
    Marker value{.series = "value", .x = corner[0], .y = corner[1], .shape = Shape::prototype};
    value.ink = {Role::mark, static_cast<int>(h)};
    panel.marks.push_back(value);
  }
  for (const bool head : {false, true}) {
    const Eigen::MatrixXd p = model.shares(head ? model.keys(snapshot.state.theta) : model.bayesian_keys(),
                                           snapshot.data(), episode);
    std::vector<double> x = {0.5}, y = {top / 3};
    for (Eigen::Index t = 0; t < p.rows() && p.allFinite(); ++t) {
      const Eigen::Vector2d at = place_of(p.row(t).transpose());
      x.push_back(at[0]), y.push_back(at[1]);
    }
    Line way{.series = head ? "head" : "Bayesian", .x = {}, .y = {}, .ink = {Role::muted}, .width_px = 1.2};
    way.dash = Dash::dashed;
    if (head) way.ink = {Role::accent}, way.dash = Dash::solid, way.width_px = 2;
    const std::vector<double> xs = x, ys = y;
    way.x = figure.own(std::move(x)), way.y = figure.own(std::move(y));
    panel.marks.push_back(way);
    for (std::size_t t = 0; head && t < xs.size(); ++t) {
      Marker dot{.series = "output", .x = xs[t], .y = ys[t], .ink = {Role::accent}};
      dot.radius_px = 3, dot.halo_px = 1;
      panel.marks.push_back(dot);
    }
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
