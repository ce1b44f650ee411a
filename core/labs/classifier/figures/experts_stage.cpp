#include <algorithm>
#include <cmath>

#include "core/base/number.h"
#include "core/figure/caption.h"
#include "core/labs/classifier/figures/experts.h"
#include "core/labs/classifier/figures/formulas.h"
#include "core/labs/classifier/figures/phases.h"
#include "core/labs/classifier/figures/stage.h"
#include "core/labs/kit/prototype_handles.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

constexpr double kStripShare = 0.13;         // of the stage's height, for the gate
constexpr int kGateSamples = 481;            // over three times the width of the stage
constexpr Eigen::Index kMostByRow = 20'000;  // points for which r* is computed where the snapshot has no rows

// The plot with room for the strip below the points.
Panel stage_of_lines(const Snapshot& snapshot, const View& view) {
  Panel panel = empty_stage(snapshot, view);
  if (view.config.tensor("view.y").data.size() != 2)
    panel.y.lo -= (panel.y.hi - panel.y.lo) * (kStripShare + 0.03) / (1 - kStripShare - 0.03);
  panel.equal_aspect = view.config.text("view.aspect") == "equal";
  panel.title = "Lines and gate";
  panel.title_tex = "r^\\star_h";
  return panel;
}

struct Strip {
  double lo = 0, hi = 1;
  double at(double share) const { return lo + (hi - lo) * share; }
};
Strip strip_of(const Panel& panel) {
  const double height = panel.y.hi - panel.y.lo;
  return {panel.y.lo, panel.y.lo + kStripShare * height};
}

// r* of all points, point by point within an expert; empty where it is not finite.
std::vector<double> shares_of_points(const Snapshot& snapshot) {
  const Experts& model = *experts_of(snapshot);
  const Evaluation& e = snapshot.evaluation;
  const Eigen::Index n = snapshot.data().size(), h = model.classes();
  std::vector<double> out(static_cast<std::size_t>(n * h), 0.0);
  const auto place = [n](Eigen::Index i, Eigen::Index k) { return static_cast<std::size_t>(k * n + i); };
  if (e.pulls.rows() == n) {
    for (Eigen::Index k = 0; k < h; ++k)
      for (Eigen::Index i = 0; i < n; ++i)
        out[place(i, k)] = std::clamp(e.pulls(i, k) + model.kappa() * e.responsibilities(i, k), 0.0, 1.0);
  } else if (n <= kMostByRow) {
    for (Eigen::Index i = 0; i < n; ++i) {
      const Classifier::PointRow row = row_of_point(snapshot, i);
      for (Eigen::Index k = 0; k < h; ++k) out[place(i, k)] = row.clamped[static_cast<std::size_t>(k)];
    }
  } else {
    return {};
  }
  if (!std::ranges::all_of(out, [](double v) { return std::isfinite(v); })) out.clear();
  return out;
}

void add_points_of_lines(Figure& figure, Panel& panel, const Snapshot& snapshot) {
  Scatter points = stage_points(snapshot.data());
  if (std::vector<double> shares = shares_of_points(snapshot); !shares.empty()) {
    points.weights = figure.own(std::move(shares));
    points.components = classifier_of(snapshot).classes();
  }
  panel.marks.push_back(std::move(points));
}

// Three times as wide as the plot, so that lines reach over its edges.
std::pair<double, double> wide(const Panel& panel) {
  const double width = panel.x.hi - panel.x.lo;
  return {panel.x.lo - width, panel.x.hi + width};
}

bool is_drawable(const Expert& e) {
  return std::isfinite(e.slope) && std::isfinite(e.intercept) && std::isfinite(e.noise);
}

void add_noise_band(Figure& figure, Panel& panel, const Expert& e, int h) {
  const auto [x0, x1] = wide(panel);
  const double s = std::sqrt(e.noise), y0 = e.slope * x0 + e.intercept, y1 = e.slope * x1 + e.intercept;
  Band band{.series = "band of expert " + std::to_string(h + 1),
            .x = figure.own({x0, x1}),
            .lower = figure.own({y0 - s, y1 - s}),
            .upper = figure.own({y0 + s, y1 + s})};
  band.ink = {Role::mark, h, 0.15};
  panel.marks.push_back(std::move(band));
}

void add_expert_line(Figure& figure, Panel& panel, const Expert& e, int h, bool chosen) {
  const auto [x0, x1] = wide(panel);
  Line line{.series = "line " + std::to_string(h + 1),
            .x = figure.own({x0, x1}),
            .y = figure.own({e.slope * x0 + e.intercept, e.slope * x1 + e.intercept}),
            .ink = {Role::line, h, 1}};
  line.width_px = chosen ? 2.6 : 2;
  line.halo_px = 1;
  panel.marks.push_back(std::move(line));
}

// The gate: shares of every expert stacked over x, on a plate of paper.
void add_gate(Figure& figure, Panel& panel, const Snapshot& snapshot) {
  const Experts& model = *experts_of(snapshot);
  const Strip strip = strip_of(panel);
  const auto [x0, x1] = wide(panel);
  const auto count = static_cast<std::size_t>(model.classes());
  std::vector<double> x;
  std::vector<std::vector<double>> edges(count + 1);
  for (int s = 0; s < kGateSamples; ++s) {
    x.push_back(x0 + (x1 - x0) * s / (kGateSamples - 1));
    const auto row = model.row(snapshot.state.theta, snapshot.temperature, x.back(), 0, -1);
    double sum = 0;
    edges[0].push_back(strip.lo);
    for (std::size_t h = 0; h < count; ++h) {
      sum = std::isfinite(row.free[h]) ? std::min(1.0, sum + row.free[h]) : sum;
      edges[h + 1].push_back(strip.at(h + 1 == count ? 1 : sum));
    }
  }
  const Values places = figure.own(std::move(x));
  std::vector<Values> heights;
  for (std::vector<double>& edge : edges) heights.push_back(figure.own(std::move(edge)));
  panel.marks.push_back(Band{"gate", places, heights.front(), heights.back(), {Role::paper, 0, 1}});
  for (std::size_t h = 0; h < count; ++h)
    panel.marks.push_back(Band{"gate " + std::to_string(h + 1),
                               places,
                               heights[h],
                               heights[h + 1],
                               {Role::territory, static_cast<int>(h)}});
  // Printed in grey, shares look alike, so each has an edge with a dash of its own.
  for (std::size_t h = 0; h < count; ++h) {
    const auto index = static_cast<int>(h);
    Line edge{.series = "edge of gate " + std::to_string(h + 1), .x = places, .y = heights[h + 1]};
    edge.ink = {Role::line, index};
    edge.width_px = 1.2;
    edge.dash = series_dash(index + static_cast<int>(count));
    panel.marks.push_back(std::move(edge));
  }
  Line top{.series = "top of the gate", .x = figure.own({x0, x1}), .y = figure.own({strip.hi, strip.hi})};
  top.ink = {Role::hairline};
  top.width_px = 1;
  panel.marks.push_back(std::move(top));
  Text name{panel.x.lo, strip.hi, "r_h(x)", true, {Role::muted}};
  name.dx_px = 8, name.dy_px = -11;  // its plate ends above the strip
  name.plate = true;
  panel.marks.push_back(std::move(name));
}

// The pinned point: a ring of r* around it, r below it on the strip, and its distance from the lines with a
// large enough r*.
void add_pinned_pair(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view) {
  constexpr double kLeastAnswer = 0.06;
  const int i = pinned_point(snapshot, view);
  if (i < 0) return;
  Classifier::PointRow row = row_of_point(snapshot, i);
  const auto finite = [](const std::vector<double>& v) {
    return std::ranges::all_of(v, [](double share) { return std::isfinite(share); });
  };
  if (!finite(row.free) || !finite(row.clamped)) return;
  const double x = snapshot.data().points(i, 0), y = snapshot.data().points(i, 1);
  const std::vector<Expert> experts = experts_of(snapshot)->unpack(snapshot.state.theta);
  for (std::size_t h = 0; h < experts.size(); ++h) {
    if (row.clamped[h] < kLeastAnswer || !is_drawable(experts[h])) continue;
    const auto index = static_cast<int>(h);
    Arrow off{"residual " + std::to_string(h + 1),
              x,
              y,
              x,
              experts[h].slope * x + experts[h].intercept,
              {Role::line, index, 1}};
    off.width_px = 1.5;
    off.head_length_px = off.head_width_px = 0;
    off.dash = Dash::dashed;
    panel.marks.push_back(std::move(off));
  }
  const Strip strip = strip_of(panel);
  const auto add_ring = [&](const char* series, double height, std::vector<double>& shares,
                            std::string words) {
    RingMark ring{
        series, x, height, figure.own(std::move(shares)), std::move(words), {ElementId::Kind::point, i}};
    ring.marked = true;
    panel.marks.push_back(std::move(ring));
  };
  add_ring("pinned without y", strip.at(0.5), row.free, "$r_h$ without $y$");
  add_ring("pinned", y, row.clamped, caption_words(point_words(snapshot, i)) + ", $r^\\star_h$ with $y$");
}

// The height of the line at its mark after the next step (an arrow; for a rule with a learning rate that of
// plain gradient descent) and after a step of EM (hollow).
void add_step_of_line(Panel& panel, const Snapshot& snapshot, const Expert& e, double x, int h) {
  const auto height = [&](const Theta& theta) {
    const Expert to = experts_of(snapshot)->unpack(theta)[static_cast<std::size_t>(h)];
    return to.slope * x + to.intercept;
  };
  const double y = e.slope * x + e.intercept;
  if (snapshot.em_target.size() > 0 && snapshot.em_target.allFinite()) {
    Marker hollow{.series = "twin", .x = x, .y = height(snapshot.em_target), .shape = Shape::prototype};
    hollow.ink = {Role::line, h, 1};
    hollow.radius_px = 6.5;
    hollow.hollow = true;
    panel.marks.push_back(hollow);
  }
  const OptimizerType& rule = *find_optimizer(snapshot.config().text("optimizer.method"));
  const Theta& to = reads(rule, "optimizer.learning_rate") ? snapshot.gradient_target : snapshot.next;
  if (to.size() != snapshot.state.theta.size() || !to.allFinite()) return;
  panel.marks.push_back(Arrow{"step " + std::to_string(h + 1), x, y, x, height(to), {Role::line, h, 1}});
}

void add_handles_of_line(Panel& panel, const Snapshot& snapshot, const Expert& e, int h) {
  const double ring_x = ring_of_line(snapshot), x = mark_of_line(snapshot, h);
  panel.marks.push_back(ring_on_line("turn", ring_x, e.slope * ring_x + e.intercept, h));
  panel.marks.push_back(mark_on_line("expert " + std::to_string(h + 1), x, e.slope * x + e.intercept, h));
}

}  // namespace

double mark_of_line(const Snapshot& snapshot, int h) {
  const auto x = snapshot.data().points.col(0);
  const double lo = x.minCoeff(), hi = x.maxCoeff();
  return lo + (hi - lo) * (h + 1) / (classifier_of(snapshot).classes() + 1);
}

double ring_of_line(const Snapshot& snapshot) {
  const auto x = snapshot.data().points.col(0);
  const double lo = x.minCoeff(), hi = x.maxCoeff();
  if (lo == 0 && hi == 0) return 1;
  return std::abs(hi) >= std::abs(lo) ? hi : lo;
}

Figure experts_stage_figure(const Snapshot& snapshot, const View& view) {
  const Experts& model = *experts_of(snapshot);
  Figure figure{.id = "stage", .title = "Lines and gate", .caption = {}, .panels = {}, .keep = {}};
  figure.caption =
      caption_start(snapshot) + ". Points $(x,y)$ in the colours of $r^\\star$; lines " +
      "$\\alpha_hx+\\beta_h$, bands $\\pm\\sigma_h$ about them. Strip: the gate's $r_h(x)$, which " +
      "has not seen $y$. " + sign_words(model) + standardised_words(snapshot.data());
  Panel panel = stage_of_lines(snapshot, view);
  const PhaseInView phases = phase_in_view(snapshot, view, shown_point(snapshot, view));
  name_phase(figure, panel, phases, "point " + std::to_string(phases.point));
  const Theta theta = shown_theta(snapshot, phases);
  const std::vector<Expert> experts = theta.allFinite() ? model.unpack(theta) : std::vector<Expert>();
  const auto each = [&](const auto& add) {
    for (std::size_t h = 0; h < experts.size(); ++h)
      if (is_drawable(experts[h])) add(experts[h], static_cast<int>(h));
  };
  each([&](const Expert& e, int h) { add_noise_band(figure, panel, e, h); });
  add_points_of_lines(figure, panel, snapshot);
  each([&](const Expert& e, int h) {
    add_expert_line(figure, panel, e, h, view.pinned == ElementId{ElementId::Kind::prototype, h});
  });
  if (!experts.empty()) add_gate(figure, panel, snapshot);
  if (!phases.on()) add_pinned_pair(figure, panel, snapshot, view);
  add_expert_phase(figure, panel, snapshot, view, phases);
  if (view.config.flag("view.pull") && !phases.on())
    each([&](const Expert& e, int h) { add_step_of_line(panel, snapshot, e, mark_of_line(snapshot, h), h); });
  each([&](const Expert& e, int h) { add_handles_of_line(panel, snapshot, e, h); });
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
