// The activation lab's figure of five panels over one axis, in closed form.
#include <cmath>
#include <numbers>

#include "tests/app/sample_figures.h"
#include "tests/app/sample_numbers.h"

namespace iem {

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

}  // namespace iem
