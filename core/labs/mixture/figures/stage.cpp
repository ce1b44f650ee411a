// The stage: field, iso-lines, points, ellipses, trails, pull, prototypes, the probe line and the pinned
// point.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/hash.h"
#include "core/field/contour.h"
#include "core/field/field.h"
#include "core/figure/ellipse_handles.h"
#include "core/labs/kit/lab.h"
#include "core/labs/mixture/figures/links.h"
#include "core/labs/mixture/figures/list.h"
#include "core/labs/mixture/figures/words.h"
#include "core/run/divergence.h"

namespace iem {
namespace {

constexpr std::size_t kDiscs = 200'000;  // points beyond which a disc each would only cover the others
constexpr std::size_t kTrail = 60;       // steps of a trail on the stage

std::uint64_t bits_of(const Theta& theta, double tau) {
  Hash hash;
  hash.add(std::span<const double>(theta.data(), static_cast<std::size_t>(theta.size())));
  hash.add(tau);
  return hash.value();
}

Panel empty_stage(const Snapshot& snapshot, const View& view) {
  Panel panel;
  panel.x = data_axis(snapshot, 0, stage_range(snapshot, view, 0));
  panel.y = data_axis(snapshot, 1, stage_range(snapshot, view, 1));
  panel.equal_aspect = has_equal_aspect(snapshot, view);
  panel.grid = false;
  return panel;
}

FieldKind field_kind(const std::string& id) {
  if (id == "entropy") return FieldKind::entropy;
  if (id == "density") return FieldKind::density;
  if (id == "energy") return FieldKind::energy;
  if (id == "assignment") return FieldKind::assignment;
  return FieldKind::responsibility;
}

void add_field(Panel& panel, const Snapshot& snapshot, const View& view) {
  const std::string& id = view.config.text("view.field");
  const bool competitive = snapshot.model().responsibilities_unavailable().empty();
  if (id == "off" || id == "gradient" || (!competitive && id != "assignment") || is_broken(snapshot)) return;
  auto input = std::make_shared<FieldInput>(
      mixture_of(snapshot).field(snapshot.state.theta, snapshot.temperature, field_kind(id)));
  input->boundaries = view.config.flag("view.boundaries");
  Hash hash;
  hash.add(bits_of(snapshot.state.theta, snapshot.temperature));
  hash.add(input->energy);
  hash.add(std::span<const double>(input->shape));
  hash.add(static_cast<std::uint64_t>(input->kind) * 2 + (input->boundaries ? 1 : 0));
  hash.add(std::uint64_t{mixture_of(snapshot).options().volume_term});
  hash.add(static_cast<std::uint64_t>(input->responsibility));
  input->revision = hash.value();
  panel.marks.push_back(FieldMark{"field", std::move(input)});
}

// Iso-lines of the log density, closer together near the top, over somewhat more than the visible range so
// that a pan does not show their ends.
void add_density(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view) {
  if (is_broken(snapshot)) return;
  if (!view.config.flag("view.density") || !snapshot.model().responsibilities_unavailable().empty()) return;
  const FieldInput input =
      mixture_of(snapshot).field(snapshot.state.theta, snapshot.temperature, FieldKind::density);
  constexpr int kSamples = 80;
  const double mx = 0.25 * (panel.x.hi - panel.x.lo), my = 0.25 * (panel.y.hi - panel.y.lo);
  const FieldView grid{panel.x.lo - mx, panel.x.hi + mx, panel.y.lo - my,
                       panel.y.hi + my, kSamples,        kSamples};
  const std::vector<double> values = sample_log_density(input, grid);
  const double top = *std::max_element(values.begin(), values.end());
  Line line{.series = "density", .x = {}, .y = {}, .ink = {Role::ink, 0, 0.13}, .width_px = 1};
  Polylines lines;
  for (double below : {0.25, 0.75, 1.35, 2.0, 2.75, 3.6, 4.6})
    append(lines, iso_lines(values, kSamples, kSamples, grid.x0, grid.x1, grid.y0, grid.y1, top - below));
  if (lines.x.empty()) return;  // too flat, or beyond what a double tells apart
  line.x = figure.own(std::move(lines.x));
  line.y = figure.own(std::move(lines.y));
  panel.marks.push_back(std::move(line));
}

// N x (largest label + 1), one-hot; a point without label belongs to all alike and looks grey.
std::vector<double> label_weights(const Eigen::VectorXi& labels) {
  const auto n = static_cast<std::size_t>(labels.size());
  const auto classes = static_cast<std::size_t>(std::max(labels.maxCoeff(), 0)) + 1;
  std::vector<double> weights(n * classes, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const int label = labels[static_cast<Eigen::Index>(i)];
    if (label >= 0) weights[static_cast<std::size_t>(label) * n + i] = 1;
    for (std::size_t c = 0; label < 0 && c < classes; ++c)
      weights[c * n + i] = 1 / static_cast<double>(classes);
  }
  return weights;
}

void add_points(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view) {
  const Dataset& data = snapshot.data();
  const auto n = static_cast<std::size_t>(data.size());
  Scatter points{
      .series = "points", .x = {data.points.col(0).data(), n}, .y = {data.points.col(1).data(), n}};
  points.ink = {Role::muted, 0, 1};
  const std::string& cloud = view.config.text("view.cloud");
  points.density = cloud == "density" || (cloud == "automatic" && n > kDiscs);
  if (!points.density) points.element = ElementId::Kind::point;
  const Eigen::MatrixXd& r = snapshot.evaluation.responsibilities;
  const std::string& colour = view.config.text("view.points");
  if (colour == "label" && data.has_labels()) {
    points.weights = figure.own(label_weights(data.labels));
    points.components = static_cast<int>(points.weights.size() / n);
  } else if (colour != "nothing" && r.rows() == data.size()) {
    points.weights = {r.data(), static_cast<std::size_t>(r.size())};
    points.components = static_cast<int>(r.cols());
  }
  panel.marks.push_back(std::move(points));
  if (!data.held_out) return;
  const Eigen::MatrixXd& aside = data.held_out->points;
  const auto m = static_cast<std::size_t>(aside.rows());
  Scatter held_out{.series = "held out", .x = {aside.col(0).data(), m}, .y = {aside.col(1).data(), m}};
  held_out.ink = {Role::faint, 0, 1};
  held_out.radius_px = 1.8;
  panel.marks.push_back(std::move(held_out));
}

// What the classes are called, each among its points.
void add_label_names(Panel& panel, const Snapshot& snapshot, const View& view) {
  constexpr int kMost = 12;
  const Dataset& data = snapshot.data();
  const auto classes = static_cast<int>(data.label_names.size());
  if (view.config.text("view.points") != "label" || !data.has_labels() || classes > kMost) return;
  for (int label = 0; label < classes; ++label) {
    Eigen::RowVector2d sum(0, 0);
    Eigen::Index count = 0;
    for (Eigen::Index i = 0; i < data.size(); ++i)
      if (data.labels[i] == label) sum += data.points.row(i), ++count;
    if (count == 0) continue;
    sum /= static_cast<double>(count);
    Text name{.x = sum[0], .y = sum[1], .text = label_words(data, label), .ink = {Role::line, label, 1}};
    name.dy_px = 16;
    name.anchor = Anchor::centre;
    name.plate = true;
    panel.marks.push_back(std::move(name));
  }
}

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

// Positions of component j on its way. Where K changed on the way the trail begins anew. Its start is added
// to `starts`.
void add_trail(Figure& figure, Panel& panel, const std::vector<Track::Row>& way, int j,
               std::vector<Marker>& starts) {
  std::vector<double> x, y;
  for (const auto& [step, row] : way) {
    const auto at = static_cast<std::size_t>(3 * j);
    if (at + 1 >= row.size()) {
      x.clear();
      y.clear();
      continue;
    }
    x.push_back(row[at]);
    y.push_back(row[at + 1]);
  }
  if (x.size() < 2) return;
  const double x0 = x[0], y0 = y[0];
  Line line{.series = "trail " + std::to_string(j + 1), .x = {}, .y = {}, .ink = {Role::line, j, 0.7}};
  line.x = figure.own(std::move(x));
  line.y = figure.own(std::move(y));
  line.width_px = 1.6;
  line.halo_px = 1.2;
  panel.marks.push_back(line);
  Scatter knots{.series = "knots " + std::to_string(j + 1), .x = line.x, .y = line.y};
  knots.ink = {Role::line, j, 0.9};
  knots.radius_px = 1.9;
  knots.halo_px = 0;
  if (line.x.size() <= 20) panel.marks.push_back(std::move(knots));  // more would run together
  Marker start{.series = "start", .x = x0, .y = y0, .shape = Shape::disc, .ink = {Role::line, j, 1}};
  start.radius_px = 3.6;
  start.halo_px = 1;
  start.hollow = true;
  start.stroke_px = 1.4;
  starts.push_back(std::move(start));
}

void add_trails(Figure& figure, Panel& panel, const Snapshot& snapshot, std::size_t most) {
  const std::vector<Track::Row> way = trails_until_now(snapshot, most);
  std::vector<Marker> starts;
  for (int j = 0; j < mixture_of(snapshot).components(); ++j) add_trail(figure, panel, way, j, starts);
  panel.marks.insert(panel.marks.end(), starts.begin(), starts.end());
}

// The gradient step at its true length (of a rule that has no rate, its own step), the EM target as a hollow
// twin, and between the two tips where the rule lands.
void add_pull(Panel& panel, const Snapshot& snapshot, const View& view, int j) {
  const auto c = mixture_of(snapshot).options();
  if (!c.learn_means) return;
  const Eigen::Index at = 2 * j;
  const Theta& now = snapshot.state.theta;
  const SolidStep solid = solid_step(snapshot);
  const Theta& em = snapshot.em_target;
  const std::string& method = snapshot.config().text("optimizer.method");
  if (em.size() > 0) {
    Arrow way{"em " + std::to_string(j + 1), now[at], now[at + 1], em[at], em[at + 1], {Role::line, j, 1}};
    way.width_px = 1.8;
    way.head_length_px = way.head_width_px = 0;
    way.dash = Dash::dashed;
    panel.marks.push_back(way);
  }
  if (solid.to) {
    const Theta& to = *solid.to;
    const std::string name = (solid.of_gradient ? "gradient " : "step ") + std::to_string(j + 1);
    panel.marks.push_back(Arrow{name, now[at], now[at + 1], to[at], to[at + 1], {Role::line, j, 1}});
  }
  if (em.size() > 0) {
    Marker twin{.series = "em target",
                .x = em[at],
                .y = em[at + 1],
                .shape = Shape::prototype,
                .ink = {Role::line, j, 1}};
    twin.radius_px = 6.5;
    twin.hollow = true;
    panel.marks.push_back(twin);
  }
  if (method == "gd_to_em" && em.size() > 0) {
    const Theta& gd = *solid.to;
    Arrow slider{"blend", gd[at], gd[at + 1], em[at], em[at + 1], {Role::accent, 0, 1}};
    slider.width_px = 1.5;
    slider.head_length_px = slider.head_width_px = 0;
    panel.marks.push_back(slider);
    Marker knob{.series = "next",
                .x = snapshot.next[at],
                .y = snapshot.next[at + 1],
                .shape = Shape::disc,
                .ink = {Role::accent}};
    knob.radius_px = 4.5;
    knob.element = {ElementId::Kind::target, j};
    panel.marks.push_back(knob);
  }
  const ElementId self{ElementId::Kind::prototype, j};
  if (view.hovered != self && view.pinned != self) return;
  const std::string index = std::to_string(j + 1);
  if (em.size() > 0)
    panel.marks.push_back(Text{em[at],
                               em[at + 1],
                               "\\mu_{" + index + "}^{\\mathrm{EM}}",
                               true,
                               {Role::line, j, 1},
                               0,
                               -16,
                               Anchor::centre,
                               true});
  if (solid.to)
    panel.marks.push_back(
        Text{(*solid.to)[at],
             (*solid.to)[at + 1],
             (solid.of_gradient ? "-\\eta\\,\\partial J/\\partial\\mu_{" : "\\Delta\\mu_{") + index + "}",
             true,
             {Role::line, j, 1},
             0,
             22,
             Anchor::centre,
             true});
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

void add_handles(Panel& panel, const Snapshot& snapshot, const MixtureComponent& c, int j) {
  const auto [unit_x, unit_y] = equal_lengths(panel);
  const EllipseFreedom freedom = ellipse_freedom(snapshot.config().text("model.covariance"));
  const EllipseFrame frame = ellipse_frame(c.sigma, unit_x, unit_y, freedom);
  for (int handle = kEllipseHandles - 1; handle >= 0; --handle) {
    if (!has_handle(freedom, handle)) continue;
    const auto [dx, dy] = handle_offset(frame, handle);
    if (turns(handle)) {
      const auto [ax, ay] = handle_offset(frame, handle == kAxisHandles ? 0 : 2);
      Arrow stalk{"stalk", c.mu_x + ax, c.mu_y + ay, c.mu_x + dx, c.mu_y + dy, {Role::line, j, 0.6}};
      stalk.width_px = 1;
      stalk.head_length_px = stalk.head_width_px = 0;
      panel.marks.push_back(stalk);
    }
    Marker knob{.series = "handle", .x = c.mu_x + dx, .y = c.mu_y + dy, .shape = Shape::disc};
    knob.ink = {Role::line, j, 1};
    knob.radius_px = turns(handle) ? 3.5 : 4.5;
    knob.hollow = !turns(handle);
    knob.stroke_px = 1.5;
    knob.halo_px = 1;
    knob.element = {ElementId::Kind::ellipse, kEllipseHandles * j + handle};
    panel.marks.push_back(knob);
  }
}

void add_probe(Figure& figure, Panel& panel, const View& view) {
  const Tensor& probe = view.config.tensor("view.probe");
  if (probe.data.size() != 4) return;
  Line line{.series = "probe", .x = {}, .y = {}, .ink = {Role::ink, 0, 0.55}, .width_px = 1, .halo_px = 1};
  line.x = figure.own({probe.data[0], probe.data[2]});
  line.y = figure.own({probe.data[1], probe.data[3]});
  panel.marks.push_back(line);
  for (int end = 0; end < 2; ++end) {
    const auto i = static_cast<std::size_t>(2 * end);
    Marker handle{.series = "probe end",
                  .x = probe.data[i],
                  .y = probe.data[i + 1],
                  .shape = Shape::disc,
                  .ink = {Role::ink}};
    handle.radius_px = 5;
    handle.halo_px = 1;
    handle.hollow = true;
    handle.element = {ElementId::Kind::probe_end, end};
    panel.marks.push_back(handle);
  }
}

void add_pinned(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view) {
  const int i = pinned_point(snapshot, view);
  if (i < 0 || !snapshot.model().responsibilities_unavailable().empty()) return;
  const FieldInput input =
      mixture_of(snapshot).field(snapshot.state.theta, snapshot.temperature, FieldKind::responsibility);
  std::vector<double> r(input.components.size());
  const auto point = snapshot.data().points.row(i);
  field_responsibilities(input, point[0], point[1], r.data());
  RingMark ring{"pinned",
                point[0],
                point[1],
                figure.own(std::move(r)),
                "point " + std::to_string(i),
                {ElementId::Kind::point, i}};
  panel.marks.push_back(std::move(ring));
}

}  // namespace

Figure stage_figure(const Snapshot& snapshot, const View& view) {
  const Mixture& model = mixture_of(snapshot);
  const std::vector<MixtureComponent> components = model.unpack(snapshot.state.theta);
  Figure figure{.id = "stage", .title = "Responsibility field", .caption = {}, .panels = {}, .keep = {}};
  const FieldWords words = field_words(snapshot, view);
  figure.caption = caption_start(snapshot) + ". " + words.caption + lines_words(snapshot, view) +
                   standardised_words(snapshot.data());
  Panel panel = empty_stage(snapshot, view);
  panel.title = words.title;
  panel.title_tex = words.tex;
  add_field(panel, snapshot, view);
  add_density(figure, panel, snapshot, view);
  if (view.config.text("view.field") == "gradient") add_gradient_field(panel, snapshot, view);
  add_points(figure, panel, snapshot, view);
  if (!model.options().energy->on_circle) add_ellipses(panel, components);
  if (view.config.flag("view.point_pull") && view.hovered.kind == ElementId::Kind::prototype)
    add_point_pull(panel, snapshot, view.hovered.index);
  add_probe(figure, panel, view);
  if (view.config.flag("view.threads"))
    add_threads(panel, snapshot, view,
                lab_of(*snapshot.setup).phases(snapshot, std::max(thread_point(snapshot, view), 0)));
  if (view.config.flag("view.trails")) add_trails(figure, panel, snapshot, kTrail + 1);
  for (int j = 0; j < model.components(); ++j) {
    if (view.config.flag("view.pull")) add_pull(panel, snapshot, view, j);
  }
  add_prototypes(panel, components);
  add_label_names(panel, snapshot, view);
  if (view.shaped >= 0 && view.shaped < model.components())
    add_handles(panel, snapshot, components[static_cast<std::size_t>(view.shaped)], view.shaped);
  add_pinned(figure, panel, snapshot, view);
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure pull_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{.id = "pull", .title = "Pull", .caption = {}, .panels = {}, .keep = {}};
  figure.caption = caption_start(snapshot) + "." + pull_words(snapshot) + standardised_words(snapshot.data());
  Panel panel = empty_stage(snapshot, view);
  panel.title = "Pull";
  add_points(figure, panel, snapshot, view);
  for (int j = 0; j < mixture_of(snapshot).components(); ++j) add_pull(panel, snapshot, view, j);
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
