#include "tests/app/sample_figures.h"

#include <array>
#include <cmath>

#include "tests/app/sample_numbers.h"

namespace iem {

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
