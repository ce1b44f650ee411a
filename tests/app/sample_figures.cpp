#include "tests/app/sample_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/field/contour.h"
#include "core/field/field.h"

namespace iem {
namespace {

// Two uniform numbers in a row give a normal one; the generator is fixed here so that pictures stay the same.
class Noise {
 public:
  double uniform() {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<double>(state_ >> 11) * 0x1p-53;
  }
  double normal() {
    const double r = std::sqrt(-2 * std::log(1 - uniform()));
    return r * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  std::uint64_t state_ = 20;
};

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

std::vector<double> linspace(double lo, double hi, int n) {
  std::vector<double> v;
  for (int i = 0; i < n; ++i) v.push_back(lo + (hi - lo) * i / (n - 1));
  return v;
}

template <class F>
Values over(Figure& figure, Values x, F f) {
  std::vector<double> y;
  for (double v : x) y.push_back(f(v));
  return figure.own(std::move(y));
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

Figure sample_loss() {
  Figure figure;
  figure.id = "loss";
  figure.title = "Loss";
  figure.caption = "Gradient descent with $\\eta = 0.7$ blended towards EM, seed 7.";
  Panel panel;
  panel.title = "Loss", panel.title_tex = "J";
  panel.x = {"step", "", 0, 40, Scale::linear, true, false, 5};
  panel.y = {"loss", "nats", 1.8, 4.2, Scale::linear, true, false, 5};
  const Values x = figure.own(linspace(0, 40, 161));
  const auto curve = [&](double floor, double rate) {
    return over(figure, x, [=](double t) { return floor + (4.05 - floor) * std::exp(-t * rate); });
  };
  panel.marks.push_back(
      Line{"GD", x, curve(2.3, 0.12), {Role::faint, 0, 1}, 1.5, Dash::solid, 0, "GD", false, 0.75, -6});
  panel.marks.push_back(
      Line{"EM", x, curve(2.15, 0.9), {Role::faint, 0, 1}, 1.5, Dash::solid, 0, "EM", false, 0.75, 6});
  const Values now_x = figure.own(linspace(0, 8, 33));
  panel.marks.push_back(Line{"run",
                             now_x,
                             over(figure, now_x, [](double t) { return 2.2 + 1.85 * std::exp(-t * 0.3); }),
                             {Role::accent, 0, 1},
                             2.2,
                             Dash::solid,
                             0,
                             "\\lambda = 0.35",
                             true,
                             0.6,
                             -8});
  const Values next_x = figure.own(linspace(8, 40, 129));
  panel.marks.push_back(Line{"future",
                             next_x,
                             over(figure, next_x, [](double t) { return 2.2 + 1.85 * std::exp(-t * 0.3); }),
                             {Role::accent, 0, 0.38},
                             2,
                             Dash::solid,
                             0,
                             "",
                             false,
                             0.7,
                             -8});
  panel.marks.push_back(
      Marker{"now", 8, 2.2 + 1.85 * std::exp(-2.4), Shape::disc, {Role::accent, 0, 1}, 4, 1.5, false, 2, {}});
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure sample_identity() {
  Figure figure;
  figure.id = "identity";
  figure.title = "Identity";
  figure.caption =
      "Each $\\partial L_i/\\partial d_{ij}$, computed by complex step, against the claimed $-r_{ij}$; "
      "largest difference $1.1\\times10^{-16}$.";
  Panel panel;
  panel.title = "Identity", panel.title_tex = "\\frac{\\partial L_i}{\\partial d_{ij}} = -r_{ij}";
  panel.x = {"claimed", "", -1.04, 0.04, Scale::linear, true, false, 3};
  panel.y = {"computed", "", -1.04, 0.04, Scale::linear, true, false, 3};
  panel.equal_aspect = true;
  panel.marks.push_back(Line{"diagonal",
                             figure.own({-1.04, 0.04}),
                             figure.own({-1.04, 0.04}),
                             {Role::faint, 0, 1},
                             1.5,
                             Dash::solid,
                             0,
                             "",
                             false,
                             0.7,
                             -8});
  Noise noise;
  std::vector<double> v;
  Scatter dots;
  dots.series = "prototype";
  for (int j = 0; j < 3; ++j)
    for (int i = 0; i < 60; ++i) {
      v.push_back(-std::pow(noise.uniform(), i % 2 ? 3.0 : 0.3));
      dots.groups.push_back(j);
    }
  dots.x = dots.y = figure.own(std::move(v));
  dots.radius_px = 2.2;
  dots.halo_px = 0.6;
  panel.marks.push_back(std::move(dots));
  for (int j = 0; j < 3; ++j) {
    const double r = std::array<double, 3>{-0.4379, -0.3641, -0.1981}[static_cast<std::size_t>(j)];
    panel.marks.push_back(Marker{"pinned", r, r, Shape::prototype, {Role::mark, j, 1}, 5, 1.5, false, 2, {}});
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure sample_bars() {
  Figure figure;
  figure.id = "responsibilities";
  figure.title = "Pinned point";
  figure.caption = "Point 326: what it gives to each prototype is what the loss asks back.";
  Panel panel;
  panel.title = "Pinned point", panel.title_tex = "\\partial L/\\partial d_j = -r_j";
  panel.x = {"derivative | responsibility", "", -0.5, 0.5, Scale::linear, true, false, 3};
  panel.y = {"", "", 0.4, 3.6, Scale::linear, false, false, 3};
  panel.grid = false;
  const Values rows = figure.own({3, 2, 1}), r = figure.own({0.4379, 0.3641, 0.1981}),
               minus = figure.own({-0.4379, -0.3641, -0.1981});
  std::vector<Ink> inks;
  for (int j = 0; j < 3; ++j) inks.push_back({Role::mark, j, 1});
  panel.marks.push_back(Bars{"responsibility", r, rows, inks, 0.5, 0, true});
  panel.marks.push_back(Bars{"derivative", minus, rows, inks, 0.5, 0, true});
  for (int j = 0; j < 3; ++j) {
    panel.marks.push_back(Marker{"prototypes",
                                 0,
                                 rows[static_cast<std::size_t>(j)],
                                 Shape::prototype,
                                 {Role::mark, j, 1},
                                 5,
                                 3,
                                 false,
                                 2,
                                 {}});
  }
  figure.panels.push_back(std::move(panel));
  Panel usage;
  usage.title = "Usage", usage.title_tex = "N_j";
  usage.x = {"prototype", "", 0.4, 9.6, Scale::linear, true, false, 5};
  usage.y = {"points", "", 0, 130, Scale::linear, true, false, 4};
  std::vector<Ink> many;
  for (int j = 0; j < 9; ++j) many.push_back({Role::mark, j, 1});
  usage.marks.push_back(Bars{"usage", figure.own({1, 2, 3, 4, 5, 6, 7, 8, 9}),
                             figure.own({115, 116, 111, 80, 74, 92, 60, 71, 38}), many, 0.6, 0, false});
  figure.panels.push_back(std::move(usage));
  return figure;
}

Figure sample_activation() {
  Figure figure;
  figure.id = "activation";
  figure.title = "Derived activation";
  figure.caption =
      "Two bumps at $\\pm m$ make $a(z) = \\tanh(\\frac{m}{\\sigma^2} z + "
      "\\frac{1}{2}\\log\\frac{\\pi_+}{\\pi_-})$; $m = 1.231$, $\\sigma = 0.749$.";
  const Values z = figure.own(linspace(-4, 4, 401));
  const double m = 1.231, s = 0.749, p = 0.526, now = 0.6;
  const auto bump = [=](double v, double sign) {
    return (sign > 0 ? p : 1 - p) / (s * std::sqrt(2 * std::numbers::pi)) *
           std::exp(-0.5 * (v - sign * m) * (v - sign * m) / (s * s));
  };
  const auto r = [=](double v) { return bump(v, 1) / (bump(v, 1) + bump(v, -1)); };
  const auto panel = [&](double lo, double hi, double height) {
    Panel made;
    made.x = {"z", "", -4, 4, Scale::linear, true, false, 9};
    made.y = {"", "", lo, hi, Scale::linear, true, false, 3};
    made.height = height;
    return made;
  };
  const auto line = [&](const char* name, auto f, Ink ink, double width, const char* label, double at,
                        double dy) {
    return Line{name, z, over(figure, z, f), ink, width, Dash::solid, 0, label, true, at, dy};
  };
  const auto dot = [&](double y, Ink ink, Shape shape = Shape::prototype) {
    return Marker{"now", now, y, shape, ink, 4, 1.5, false, 2, {}};
  };
  Panel density = panel(0, 0.42, 1);
  std::vector<double> at, count;
  for (int i = 0; i < 32; ++i) {
    at.push_back(-3.1 + 0.2 * i);
    count.push_back((bump(at.back(), 1) + bump(at.back(), -1)) * (0.9 + 0.25 * std::sin(7.0 * i)));
  }
  density.marks.push_back(Bars{"data",
                               figure.own(std::move(at)),
                               figure.own(std::move(count)),
                               {{Role::faint, 0, 0.28}},
                               0.185,
                               0,
                               false});
  density.marks.push_back(line(
      "sum", [=](double v) { return bump(v, 1) + bump(v, -1); }, {Role::ink, 0, 0.45}, 3.4, "", 0.5, 0));
  density.marks.push_back(line(
      "minus", [=](double v) { return bump(v, -1); }, {Role::line, 0, 1}, 1.8, "\\pi_-\\,p(z\\mid -)", 0.25,
      -8));
  density.marks.push_back(line(
      "plus", [=](double v) { return bump(v, 1); }, {Role::line, 1, 1}, 1.8, "\\pi_+\\,p(z\\mid +)", 0.8,
      -8));
  density.marks.push_back(dot(bump(now, -1), {Role::mark, 0, 1}));
  density.marks.push_back(dot(bump(now, 1), {Role::mark, 1, 1}));
  figure.panels.push_back(std::move(density));

  Panel energy = panel(0, 12, 1);
  energy.marks.push_back(line(
      "soft minimum", [=](double v) { return -std::log(bump(v, 1) + bump(v, -1)); }, {Role::ink, 0, 0.45},
      3.4, "-L", 0.5, 8));
  energy.marks.push_back(line(
      "d_minus", [=](double v) { return -std::log(bump(v, -1)); }, {Role::line, 0, 1}, 1.8, "d_-", 0.85, -6));
  energy.marks.push_back(line(
      "d_plus", [=](double v) { return -std::log(bump(v, 1)); }, {Role::line, 1, 1}, 1.8, "d_+", 0.15, -6));
  figure.panels.push_back(std::move(energy));

  Panel responsibility = panel(-0.02, 1.02, 0.86);
  responsibility.marks.push_back(line(
      "r_minus", [=](double v) { return 1 - r(v); }, {Role::line, 0, 1}, 1.8, "r_-", 0.2, 8));
  responsibility.marks.push_back(line("r_plus", r, {Role::line, 1, 1}, 1.8, "r_+", 0.8, 8));
  responsibility.marks.push_back(dot(r(now), {Role::mark, 1, 1}));
  responsibility.marks.push_back(dot(1 - r(now), {Role::mark, 0, 1}));
  figure.panels.push_back(std::move(responsibility));

  Panel statistic = panel(-1.06, 1.06, 0.86);
  const Values zero = over(figure, z, [](double) { return 0.0; });
  statistic.marks.push_back(
      Band{"minus", z, over(figure, z, [=](double v) { return r(v) - 1; }), zero, {Role::mark, 0, 0.13}});
  statistic.marks.push_back(Band{"plus", z, zero, over(figure, z, r), {Role::mark, 1, 0.13}});
  statistic.marks.push_back(line(
      "mean", [=](double v) { return 2 * r(v) - 1; }, {Role::ink, 0, 1}, 1.5, "", 0.5, 0));
  statistic.marks.push_back(
      Text{2.5, 0.4, "(+1)\\,r_+", true, {Role::line, 1, 1}, 0, 4, Anchor::centre, false, false});
  statistic.marks.push_back(
      Text{-2.5, -0.6, "(-1)\\,r_-", true, {Role::line, 0, 1}, 0, 4, Anchor::centre, false, false});
  figure.panels.push_back(std::move(statistic));

  Panel activation = panel(-1.15, 2.45, 1.28);
  activation.marks.push_back(line(
      "softsign", [](double v) { return v / (1 + std::abs(v)); }, {Role::faint, 0, 1}, 1.5, "", 0.9, 10));
  std::get<Line>(activation.marks.back()).label = "soft-sign";
  std::get<Line>(activation.marks.back()).label_tex = false;
  activation.marks.push_back(line(
      "derivative", [=](double v) { return m / (s * s) * 4 * r(v) * (1 - r(v)); }, {Role::muted, 0, 1}, 1.5,
      "a'(z)", 0.3, -8));
  activation.marks.push_back(line(
      "activation", [=](double v) { return 2 * r(v) - 1; }, {Role::ink, 0, 1}, 2.6, "a(z)", 0.9, -6));
  activation.marks.push_back(dot(2 * r(now) - 1, {Role::accent, 0, 1}, Shape::disc));
  figure.panels.push_back(std::move(activation));
  return figure;
}

Figure sample_heatmap() {
  Figure figure;
  figure.id = "advantage";
  figure.title = "Advantage";
  figure.caption = "$\\mathrm{E}[b] - b$ of eight keys for eight queries; blue is useful.";
  Panel panel;
  panel.title = "Advantage", panel.title_tex = "\\mathrm{E}[b]-b";
  panel.x = {"key", "", 0.5, 8.5, Scale::linear, true, false, 8};
  panel.y = {"query", "", 8.5, 0.5, Scale::linear, true, false, 8};
  panel.grid = false;
  std::vector<double> values;
  for (int i = 0; i < 8; ++i) {
    for (int j = 0; j < 8; ++j)
      values.push_back(std::sin(1.3 * i + 0.4) * std::cos(0.9 * j - 0.5 * i) + 0.1 * j - 0.3);
  }
  panel.marks.push_back(
      Heatmap{"advantage", 8, 8, figure.own(std::move(values)), 0.5, 8.5, 0.5, 8.5, true, 0, true});
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure sample_cloud(std::size_t points) {
  Figure figure;
  figure.id = "cloud";
  figure.title = "Many points";
  Panel panel;
  panel.x = {"x", "", -4, 4, Scale::linear, true, false, 5};
  panel.y = {"y", "", -3, 3, Scale::linear, true, false, 5};
  Noise noise;
  std::vector<double> x, y, r(2 * points);
  for (std::size_t i = 0; i < points; ++i) {
    x.push_back(1.1 * noise.normal()), y.push_back(0.8 * noise.normal());
    const double a = 1 / (1 + std::exp(-3 * x.back()));
    r[i] = 1 - a, r[points + i] = a;
  }
  Scatter cloud;
  cloud.series = "points";
  cloud.x = figure.own(std::move(x)), cloud.y = figure.own(std::move(y)),
  cloud.weights = figure.own(std::move(r));
  cloud.components = 2;
  panel.marks.push_back(cloud);
  figure.panels.push_back(std::move(panel));
  return figure;
}

std::vector<Figure> sample_figures() {
  std::vector<Figure> all;
  for (auto make :
       {sample_stage, sample_loss, sample_identity, sample_bars, sample_activation, sample_heatmap})
    all.push_back(make());
  all.push_back(sample_cloud(3000));
  return all;
}

}  // namespace iem
