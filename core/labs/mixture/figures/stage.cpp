// The stage: field, iso-lines, points, ellipses, trails, pull, prototypes, the probe line and the pinned
// point.
#include <algorithm>
#include <limits>

#include "core/labs/kit/lab.h"
#include "core/labs/kit/other_runs.h"
#include "core/labs/kit/prototype_handles.h"
#include "core/labs/mixture/figures/links.h"
#include "core/labs/mixture/figures/list.h"
#include "core/labs/mixture/figures/phases.h"
#include "core/labs/mixture/figures/stage_layers.h"
#include "core/labs/mixture/figures/words.h"

namespace iem {
namespace {

constexpr std::size_t kTrailOfMeans = 60;  // steps of a trail on the stage

void add_ellipses(Panel& panel, const std::vector<MixtureComponent>& components) {
  for (const double sigmas : {2.0, 1.0}) {
    for (std::size_t j = 0; j < components.size(); ++j) {
      const MixtureComponent& c = components[j];
      const auto index = static_cast<int>(j);
      Ellipse ellipse{
          "ellipse " + std::to_string(j + 1), c.mu_x, c.mu_y, c.sigma.xx, c.sigma.xy, c.sigma.yy, sigmas};
      ellipse.ink = {Role::line, index, sigmas == 1 ? 0.95 : 0.55};
      ellipse.width_px = sigmas == 1 ? 1.6 : 1.0;
      panel.marks.push_back(std::move(ellipse));
    }
  }
}

void add_prototypes(Panel& panel, const std::vector<MixtureComponent>& components) {
  for (std::size_t j = 0; j < components.size(); ++j) {
    const auto index = static_cast<int>(j);
    Marker marker{.series = "prototype " + std::to_string(j + 1),
                  .x = components[j].mu_x,
                  .y = components[j].mu_y,
                  .shape = Shape::prototype,
                  .ink = {Role::mark, index, 1}};
    marker.element = {ElementId::Kind::prototype, index};
    panel.marks.push_back(std::move(marker));
  }
}

void add_probe(Figure& figure, Panel& panel, const View& view) {
  const Tensor& probe = view.config.tensor("view.probe");
  if (probe.data.size() != 4) return;
  Line line{.series = "probe", .x = {}, .y = {}, .ink = {Role::ink, 0, 0.55}, .width_px = 1, .halo_px = 1};
  line.x = figure.own({probe.data[0], probe.data[2]});
  line.y = figure.own({probe.data[1], probe.data[3]});
  panel.marks.push_back(line);
  add_line_ends(panel, probe, "probe end");
}

}  // namespace

Figure stage_figure(const Snapshot& snapshot, const View& view) {
  const Mixture& model = mixture_of(snapshot);
  const PhaseInView phases = phase_in_view(snapshot, view, shown_point(snapshot, view));
  const std::vector<MixtureComponent> components = model.unpack(shown_theta(snapshot, phases));
  Figure figure{.id = "stage", .title = "Responsibility field", .caption = {}, .panels = {}, .keep = {}};
  const FieldWords words = field_words(snapshot, view);
  figure.caption = caption_start(snapshot) + ". " + words.caption + lines_words(snapshot, view) +
                   standardised_words(snapshot.data());
  Panel panel = empty_stage(snapshot, view);
  panel.title = words.title;
  panel.title_tex = words.tex;
  add_field(panel, snapshot, view);
  if (view.config.text("view.field") == "difference") add_difference(figure, panel, snapshot);
  if (raise_field(panel, view)) {
    figure.caption += " It stands up as a landscape, cut off level where it is high.";
    add_prototypes(panel, components);
    figure.panels.push_back(std::move(panel));
    return figure;
  }
  name_phase(figure, panel, phases, "point " + std::to_string(phases.point));
  add_density(figure, panel, snapshot, view);
  if (view.config.text("view.field") == "gradient") add_gradient_field(panel, snapshot, view);
  add_points(figure, panel, snapshot, view);
  if (!model.options().energy->on_circle) add_ellipses(panel, components);
  if (!phases.on() && view.config.flag("view.point_pull") && view.hovered.kind == ElementId::Kind::prototype)
    add_point_pull(panel, snapshot, view.hovered.index);
  if (!phases.on()) add_probe(figure, panel, view);
  if (view.config.flag("view.threads") && !phases.on()) add_threads(panel, snapshot, view);
  if (view.config.flag("view.trails") && !phases.stands_still())
    add_trails(figure, panel, snapshot, kTrailOfMeans + 1);
  add_other_runs(figure, panel, snapshot, view);
  if (view.config.flag("view.pull") && !phases.on()) {
    const double magnified = magnification(snapshot, view);
    add_pulls(panel, snapshot, view, magnified);
    figure.caption += pull_words(snapshot, magnified);
    if (magnified > 1) panel.marks.push_back(Legend{{magnification_entry("steps", magnified)}});
  }
  add_phase(figure, panel, snapshot, view, phases);
  add_prototypes(panel, components);
  add_label_names(panel, snapshot, view);
  if (view.shaped >= 0 && view.shaped < model.components())
    if (const auto held = held_ellipse(snapshot, view.shaped))
      add_ellipse_handles(panel, snapshot, *held, view.shaped);
  if (!phases.on()) add_pinned(figure, panel, snapshot, view);
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure pull_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "pull", .title = "Pull", .caption = {}, .panels = {}, .keep = {}};
  const double magnified = magnification(snapshot, view);
  figure.caption =
      caption_start(snapshot) + "." + pull_words(snapshot, magnified) + standardised_words(snapshot.data());
  Panel panel = empty_stage(snapshot, view);
  panel.title = "Pull";
  add_points(figure, panel, snapshot, view);
  add_pulls(panel, snapshot, view, magnified);
  if (magnified > 1) panel.marks.push_back(Legend{{magnification_entry("steps", magnified)}});
  add_prototypes(panel, mixture_of(snapshot).unpack(snapshot.state.theta));
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure trajectory_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "trajectory", .title = "Trajectory", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + ". The way of each mean from its start (open ring)." +
                   standardised_words(snapshot.data());
  Panel panel = empty_stage(snapshot, view);
  panel.title = "Trajectory";
  add_points(figure, panel, snapshot, view);
  add_trails(figure, panel, snapshot, std::numeric_limits<std::size_t>::max());
  add_prototypes(panel, mixture_of(snapshot).unpack(snapshot.state.theta));
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
