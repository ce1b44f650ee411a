#include <algorithm>
#include <cmath>

#include "core/labs/classifier/figures/phases.h"
#include "core/labs/classifier/figures/stage.h"
#include "core/labs/kit/other_runs.h"
#include "core/labs/kit/prototype_handles.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

constexpr std::size_t kTrail = 60;  // steps

// Theta at the minimum of the upper bound, by EM or by Boehning's bound; empty where there is neither.
Theta twin_of(const Snapshot& snapshot) {
  const Classifier& model = classifier_of(snapshot);
  if (snapshot.em_target.size() > 0) return snapshot.em_target;
  if (!model.bound_unavailable().empty() || !snapshot.evaluation.gradient.allFinite()) return {};
  return model.bound_step(snapshot.state.theta, snapshot.temperature, snapshot.data(), snapshot.evaluation);
}

void add_ellipse(Panel& panel, const MixtureComponent& c, int j) {
  Ellipse ellipse{
      "ellipse " + std::to_string(j + 1), c.mu_x, c.mu_y, c.sigma.xx, c.sigma.xy, c.sigma.yy, 1.0};
  ellipse.ink = {Role::line, j, 0.95};
  ellipse.width_px = 1.6;
  const bool fits =
      std::isfinite(c.mu_x) && std::isfinite(c.mu_y) && c.sigma.xx * c.sigma.yy > c.sigma.xy * c.sigma.xy;
  if (fits) panel.marks.push_back(std::move(ellipse));
}

void add_way(Figure& figure, Panel& panel, const Snapshot& snapshot, int j) {
  auto [x, y] = way_of(trails_until_now(snapshot, kTrail + 1), j, snapshot.state.step);
  if (x.size() < 2) return;
  Line line{.series = "trail " + std::to_string(j + 1), .x = {}, .y = {}, .ink = {Role::line, j, 0.7}};
  line.x = figure.own(std::move(x)), line.y = figure.own(std::move(y));
  line.width_px = 1.4;
  line.halo_px = 1.2;
  panel.marks.push_back(std::move(line));
}

// The gradient step at its true length, and a hollow copy of the class at the minimum of the bound.
void add_step(Panel& panel, const Snapshot& snapshot, const Theta& twin, int j) {
  const auto [x, y] = place_of_class(snapshot, snapshot.state.theta, j);
  const OptimizerType& rule = *find_optimizer(snapshot.config().text("optimizer.method"));
  if (twin.size() > 0 && twin.allFinite()) {
    const auto [to_x, to_y] = place_of_class(snapshot, twin, j);
    Arrow way{"way of twin " + std::to_string(j + 1), x, y, to_x, to_y, {Role::line, j, 1}};
    way.width_px = 1.6;
    way.head_length_px = way.head_width_px = 0;
    way.dash = Dash::dashed;
    panel.marks.push_back(way);
    Marker hollow{
        .series = "twin", .x = to_x, .y = to_y, .shape = Shape::prototype, .ink = {Role::line, j, 1}};
    hollow.radius_px = 6.5;
    hollow.hollow = true;
    panel.marks.push_back(hollow);
  }
  const Theta& to = reads(rule, "optimizer.learning_rate") ? snapshot.gradient_target : snapshot.next;
  if (to.size() != snapshot.state.theta.size() || !to.allFinite()) return;
  const auto [to_x, to_y] = place_of_class(snapshot, to, j);
  panel.marks.push_back(Arrow{"step " + std::to_string(j + 1), x, y, to_x, to_y, {Role::line, j, 1}});
}

// A line from the middle of the stage to the knob, in the direction in which the class becomes likelier.
void add_stalk(Panel& panel, const Snapshot& snapshot, double x, double y, int j) {
  const KnobFrame frame = knob_frame(snapshot);
  Arrow stalk{"slope " + std::to_string(j + 1), frame.x, frame.y, x, y, {Role::line, j, 0.75}};
  stalk.width_px = 1.2;
  stalk.head_length_px = stalk.head_width_px = 0;
  stalk.halo = false;
  panel.marks.push_back(stalk);
}

}  // namespace

void add_classes(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                 const PhaseInView& phases) {
  const Classifier& model = classifier_of(snapshot);
  const Theta theta = shown_theta(snapshot, phases);
  if (!theta.allFinite()) return;
  std::vector<MixtureComponent> components;
  if (!model.is_linear()) components = model.prototypes()->unpack(theta);
  const bool round = !model.is_linear() && !model.prototypes()->options().energy->on_circle;
  for (int j = 0; j < model.classes(); ++j) {
    const auto [x, y] = place_of_class(snapshot, theta, j);
    if (round) add_ellipse(panel, components[static_cast<std::size_t>(j)], j);
    if (model.is_linear()) add_stalk(panel, snapshot, x, y, j);
    if (!model.is_linear() && view.config.flag("view.trails") && !phases.stands_still())
      add_way(figure, panel, snapshot, j);
  }
  if (view.config.flag("view.pull") && !phases.on()) {
    const Theta twin = twin_of(snapshot);
    const bool moves = snapshot.model().layout().blocks()[0].learned;
    for (int j = 0; moves && j < model.classes(); ++j) add_step(panel, snapshot, twin, j);
  }
  add_class_phase(figure, panel, snapshot, view, phases);
  for (int j = 0; j < model.classes(); ++j) {
    const auto [x, y] = place_of_class(snapshot, theta, j);
    Marker marker{.series = "class " + std::to_string(j + 1),
                  .x = x,
                  .y = y,
                  .shape = Shape::prototype,
                  .ink = {Role::mark, j, 1}};
    marker.radius_px = 6.5;
    marker.element = {ElementId::Kind::prototype, j};
    panel.marks.push_back(std::move(marker));
  }
  if (round && view.shaped >= 0 && view.shaped < model.classes())
    if (const auto held = held_ellipse(snapshot, view.shaped))
      add_ellipse_handles(panel, snapshot, *held, view.shaped);
}

// The classes of other runs: knobs for linear energies, prototypes with their trails otherwise.
void add_other_classes(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view) {
  add_other_runs(figure, panel, snapshot, view, [](const ComparedRun& run) {
    const auto* model = dynamic_cast<const Classifier*>(run.setup->model.get());
    return model != nullptr && !model->is_linear();
  });
  draw_other_runs(
      figure, snapshot, view, "Hollow, slopes in the dashes of their curves", [&](const ComparedRun& run) {
        const auto* model = dynamic_cast<const Classifier*>(run.setup->model.get());
        if (model == nullptr || !model->is_linear() || !run.state.theta.allFinite()) return false;
        const KnobFrame frame = knob_frame(snapshot);
        for (int j = 0; j < model->classes(); ++j) {
          const double* w = run.state.theta.data() + 2 * j;  // W is the first block
          const auto [x, y] = frame.place(w[0], w[1]);
          const std::string name = run.label + " " + std::to_string(j + 1);
          Line stalk{
              .series = "way of " + name, .x = {}, .y = {}, .ink = {Role::line, j, 0.55}, .width_px = 1.2};
          stalk.x = figure.own({frame.x, x}), stalk.y = figure.own({frame.y, y});
          stalk.dash = series_dash(run.mark);
          panel.marks.push_back(std::move(stalk));
          panel.marks.push_back(ghost_of_prototype(name, x, y, j));
        }
        return true;
      });
}

void add_ray(Figure& figure, Panel& panel, const View& view) {
  const auto& plots = view.config.list("view.plots");
  const bool read = std::ranges::find(plots, "closed_world") != plots.end() ||
                    view.config.text("view.centre") == "closed_world";
  if (!read) return;  // no figure reads values along it
  const Tensor& ray = view.config.tensor("view.probe");
  if (ray.data.size() != 4) return;
  Line line{.series = "ray", .x = {}, .y = {}, .ink = {Role::ink, 0, 0.55}, .width_px = 1.2, .halo_px = 1};
  const double x0 = ray.data[0], y0 = ray.data[1], dx = ray.data[2] - x0, dy = ray.data[3] - y0;
  line.x = figure.own({x0, x0 + 8 * dx}), line.y = figure.own({y0, y0 + 8 * dy});
  line.dash = Dash::dashed;
  panel.marks.push_back(line);
  add_line_ends(panel, ray, "ray end");
}

}  // namespace iem
