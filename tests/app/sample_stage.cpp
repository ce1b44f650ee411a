// A stage with everything on it: field, iso-lines, points, prototypes, arrows, handles.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/field/contour.h"
#include "core/field/field.h"
#include "tests/app/sample_figures.h"
#include "tests/app/sample_numbers.h"

namespace iem {
namespace {

struct Blob {
  double x, y, xx, xy, yy, weight;
};
constexpr std::array<Blob, 3> kBlobs = {{{-0.9, -0.82, 0.30, 0.03, 0.19, 0.35},
                                         {1.0, -0.37, 0.66, -0.08, 0.63, 0.33},
                                         {-0.82, 0.05, 0.34, 0.05, 0.48, 0.32}}};

std::shared_ptr<FieldInput> blob_field() {
  auto input = std::make_shared<FieldInput>();
  for (const Blob& b : kBlobs) {
    // W = inverse of the Cholesky factor of the covariance.
    const double l00 = std::sqrt(b.xx), l10 = b.xy / l00, l11 = std::sqrt(b.yy - l10 * l10);
    FieldComponent c;
    c.mu_x = b.x, c.mu_y = b.y;
    c.w00 = 1 / l00, c.w11 = 1 / l11, c.w10 = -l10 / (l00 * l11);
    c.offset = std::log(l00 * l11) + std::log(2 * std::numbers::pi) - std::log(b.weight);
    input->components.push_back(c);
  }
  return input;
}

void add_points(Figure& figure, Panel& panel, const FieldInput& field, int n) {
  Noise noise;
  std::vector<double> x, y, r(3 * static_cast<std::size_t>(n));  // r column-major
  for (int i = 0; i < n; ++i) {
    const Blob& b = kBlobs[static_cast<std::size_t>(i % 3)];
    const double u = noise.normal(), v = noise.normal();
    x.push_back(b.x + (i % 3 == 2 ? 0.6 : 0) + std::sqrt(b.xx) * u);
    y.push_back(b.y + (i % 3 == 2 ? 0.5 : 0) + 0.3 * u + std::sqrt(b.yy) * v * 0.8);
    std::array<double, 3> weights;
    field_responsibilities(field, x.back(), y.back(), weights.data());
    for (std::size_t j = 0; j < 3; ++j)
      r[j * static_cast<std::size_t>(n) + static_cast<std::size_t>(i)] = weights[j];
  }
  Scatter points;
  points.series = "points";
  points.x = figure.own(std::move(x)), points.y = figure.own(std::move(y)),
  points.weights = figure.own(std::move(r));
  points.components = 3;
  points.element = ElementId::Kind::point;
  panel.marks.push_back(points);
}

void add_density_lines(Figure& figure, Panel& panel, const FieldInput& field) {
  const FieldView view{panel.x.lo, panel.x.hi, panel.y.lo, panel.y.hi, 120, 120};
  const std::vector<double> log_density = sample_log_density(field, view);
  for (int i = 0; i < 7; ++i) {
    Polylines lines = iso_lines(log_density, 120, 120, view.x0, view.x1, view.y0, view.y1, -2.2 - 0.75 * i);
    Line line;
    line.series = "density";
    line.x = figure.own(std::move(lines.x)), line.y = figure.own(std::move(lines.y));
    line.ink = {Role::ink, 0, 0.16};
    line.width_px = 1;
    panel.marks.push_back(line);
  }
}

void add_prototype(Figure& figure, Panel& panel, int j) {
  const Blob& b = kBlobs[static_cast<std::size_t>(j)];
  for (double sigmas : {2.0, 1.0}) {
    Ellipse e{"prototypes", b.x, b.y, b.xx, b.xy, b.yy, sigmas, {Role::line, j, sigmas == 1 ? 0.95 : 0.55},
              1.6,          {}};
    e.width_px = sigmas == 1 ? 1.6 : 1;
    panel.marks.push_back(e);
  }
  std::vector<double> tx, ty;
  for (double t : linspace(0, 1, 9)) {
    tx.push_back(b.x + (1 - t) * (1 - t) * (j == 1 ? 1.1 : j == 0 ? -1.0 : 0.5));
    ty.push_back(b.y + (1 - t) * (j == 1 ? -1.3 : j == 0 ? 1.2 : 1.85));
  }
  Line trail;
  trail.series = "trail";
  const double start_x = tx.front(), start_y = ty.front();
  trail.x = figure.own(std::move(tx)), trail.y = figure.own(std::move(ty));
  trail.ink = {Role::line, j, 0.7};
  trail.width_px = 1.6, trail.halo_px = 1.2;
  panel.marks.push_back(trail);
  for (std::size_t i = 1; i + 1 < trail.x.size(); ++i) {
    panel.marks.push_back(
        Marker{"trail", trail.x[i], trail.y[i], Shape::disc, {Role::line, j, 0.8}, 1.9, 0, false, 2, {}});
  }
  panel.marks.push_back(
      Marker{"trail", start_x, start_y, Shape::ring, {Role::line, j, 1}, 3.6, 1, false, 1.4, {}});
}

}  // namespace

Figure sample_stage() {
  Figure figure;
  figure.id = "stage";
  figure.title = "Responsibility field";
  figure.caption =
      "Penguins, three prototypes, step 8 of 40, seed 7. Each territory has the hue of the prototype that "
      "claims it, mixed by "
      "$r_j(x) = e^{-d_j(x)/\\tau} / \\sum_k e^{-d_k(x)/\\tau}$ at $\\tau = 1$; arrows show "
      "$-\\eta\\,\\partial J/\\partial\\mu_j$ "
      "and hollow shapes where EM would go.";
  Panel panel;
  panel.title = "Responsibility field", panel.title_tex = "r_j(x)";
  panel.x = {"bill length", "mm", -2.4, 2.9, Scale::linear, true, false, 5};
  panel.y = {"flipper length", "mm", -2.3, 2.4, Scale::linear, true, false, 5};
  panel.equal_aspect = true;
  const auto field = blob_field();
  panel.marks.push_back(FieldMark{"field", field});
  add_density_lines(figure, panel, *field);
  for (int j = 0; j < 3; ++j) add_prototype(figure, panel, j);
  add_points(figure, panel, *field, 342);
  panel.marks.push_back(
      Arrow{"probe", -2.05, -1.55, 2.1, 1.95, {Role::ink, 0, 0.55}, 1, 0, 0, Dash::solid, true});
  panel.marks.push_back(Marker{"probe",
                               -2.05,
                               -1.55,
                               Shape::ring,
                               {Role::ink, 0, 1},
                               5,
                               1,
                               false,
                               1.6,
                               {ElementId::Kind::probe_end, 0}});
  panel.marks.push_back(Marker{
      "probe", 2.1, 1.95, Shape::ring, {Role::ink, 0, 1}, 5, 1, false, 1.6, {ElementId::Kind::probe_end, 1}});
  panel.marks.push_back(
      Arrow{"em", -0.82, 0.05, -0.17, 0.32, {Role::line, 2, 1}, 1.8, 0, 0, Dash::dashed, true});
  panel.marks.push_back(Marker{"em",
                               -0.17,
                               0.32,
                               Shape::prototype,
                               {Role::line, 2, 1},
                               6.5,
                               2,
                               true,
                               2,
                               {ElementId::Kind::target, 2}});
  panel.marks.push_back(
      Arrow{"step", -0.82, 0.05, -0.41, 0.12, {Role::line, 2, 1}, 2.4, 10, 8, Dash::solid, true});
  panel.marks.push_back(
      Arrow{"step", 1.0, -0.37, 1.04, 0.2, {Role::line, 1, 1}, 1.8, 8, 7, Dash::solid, true});
  panel.marks.push_back(
      Arrow{"blend", -0.41, 0.12, -0.17, 0.32, {Role::accent, 0, 1}, 1.5, 0, 0, Dash::solid, false});
  for (int j = 0; j < 3; ++j) {
    const Blob& b = kBlobs[static_cast<std::size_t>(j)];
    panel.marks.push_back(Marker{"prototypes",
                                 b.x,
                                 b.y,
                                 Shape::prototype,
                                 {Role::mark, j, 1},
                                 6,
                                 2,
                                 false,
                                 2,
                                 {ElementId::Kind::prototype, j}});
  }
  panel.marks.push_back(
      Marker{"blend", -0.32, 0.19, Shape::disc, {Role::accent, 0, 1}, 4.5, 1.5, false, 2, {}});
  panel.marks.push_back(RingMark{"pinned",
                                 0.33,
                                 -0.56,
                                 figure.own({0.4379, 0.3641, 0.1981}),
                                 "point 326",
                                 {ElementId::Kind::point, 325}});
  panel.marks.push_back(Text{
      -0.17, 0.32, "\\mu_3^{\\mathrm{EM}}", true, {Role::line, 2, 1}, -12, -16, Anchor::left, true, false});
  panel.marks.push_back(
      Text{-0.32, 0.19, "\\lambda = 0.35", true, {Role::accent, 0, 1}, 14, 5, Anchor::left, true, false});
  panel.marks.push_back(Text{-0.60,
                             0.0,
                             "-\\eta\\,\\partial J/\\partial\\mu_3",
                             true,
                             {Role::line, 2, 1},
                             -8,
                             12,
                             Anchor::left,
                             true,
                             false});
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
