// The numbers of one point and of one prototype of a mixture.
//
// Point: d_j -> exp(-d_j/tau) -> Z -> r_j -> dL/dd_j = -r_j, the last one computed by complex step too.
// Prototype: what gradient descent and EM see of it, and that the second is the first times a preconditioner
// (Xu & Jordan 1996, eq. 3.4): mu_EM - mu = -(N/N_j) Sigma_j dJ/dmu_j for the Gaussian.
#include <algorithm>
#include <cmath>

#include "core/figure/field.h"
#include "core/figure/ticks.h"
#include "core/lab/mixture_figures.h"
#include "core/lab/mixture_inspection.h"
#include "core/math/libm.h"
#include "core/math/responsibility.h"

namespace iem {
namespace {

std::string pair_text(double x, double y) {
  return "(" + format_number(x, 4) + ", " + format_number(y, 4) + ")";
}

std::string numbered(const std::string& symbol, int j) { return symbol + "_{" + std::to_string(j + 1) + "}"; }

// d_3 = kernel + volume + rest.
std::vector<FormulaPiece> distance_line(const Mixture::Terms& terms, bool volume, int j) {
  std::vector<FormulaPiece> line = {numbered("d", j), "{=}", terms.kernel};
  const auto append = [&line](double term) {
    line.emplace_back(term < 0 ? "{-}" : "{+}");
    line.emplace_back(std::abs(term));
  };
  if (volume) append(terms.volume);
  append(terms.rest);
  line.insert(line.end(), {"{=}", terms.kernel + terms.volume + terms.rest});
  return line;
}

std::vector<double> matrix(const Sym2& s, double factor = 1) {
  return {factor * s.xx, factor * s.xy, factor * s.xy, factor * s.yy};
}

}  // namespace

Inspection inspect_point(const Snapshot& snapshot, int point, int component) {
  const Mixture& model = mixture_of(snapshot);
  const double tau = snapshot.temperature;
  const auto x = snapshot.data().points.row(point);
  const auto k = static_cast<std::size_t>(model.components());
  Inspection out;
  out.title = "Point " + std::to_string(point);
  out.state = pair_text(x[0], x[1]);
  if (snapshot.data().has_labels())
    out.state += ", " + label_words(snapshot.data(), snapshot.data().labels[point]);

  std::vector<double> d(k), weight(k), r(k), minus_r(k), computed(k);
  std::vector<Mixture::Terms> terms(k);
  double z = 0;
  for (std::size_t j = 0; j < k; ++j) {
    terms[j] = model.terms(snapshot.state.theta, static_cast<int>(j), x[0], x[1]);
    d[j] = terms[j].kernel + terms[j].volume + terms[j].rest;
    weight[j] = libm::exp(-d[j] / tau);
    z += weight[j];
  }
  out.table.push_back({"d_j", "The energy: lower is a better match.", d});
  out.remark = model.responsibilities_unavailable();
  if (!out.remark.empty()) return out;

  const double loss = -log_partition(model.responsibility(), d, tau, r);
  for (std::size_t j = 0; j < k; ++j) {
    minus_r[j] = -r[j];
    computed[j] = log_partition_derivative(model.responsibility(), d, tau, static_cast<int>(j));
  }
  const auto largest = std::max_element(r.begin(), r.end()) - r.begin();
  out.component = component >= 0 && component < model.components() ? component : static_cast<int>(largest);
  const auto c = static_cast<std::size_t>(out.component);
  const bool softmax = model.responsibility() == Responsibility::softmax;
  const std::string exponential = tau == 1 ? "e^{-d_j}" : "e^{-d_j/\\tau}";
  if (softmax) out.table.push_back({exponential, "Its Boltzmann weight.", weight});
  out.table.push_back({"r_j", "The responsibility.", r});
  out.table.push_back(
      {"\\frac{\\partial L}{\\partial d_j}", "Minus the responsibility, as claimed.", minus_r});
  out.table.push_back(
      {"\\approx", "The same derivative by complex step, without any responsibility.", computed});

  out.formulas.push_back(distance_line(terms[c], model.options().volume_term, out.component));
  if (softmax) {
    out.formulas.push_back({"Z{=}\\sum_j " + exponential, "{=}", z});
    out.formulas.push_back({numbered("r", out.component), "{=}", weight[c], "/", z, "{=}", r[c]});
    out.formulas.push_back({tau == 1 ? "L{=}-\\log Z" : "L{=}-\\tau\\log Z", "{=}", loss});
  }
  const Eigen::Vector2d pull = model.mean_gradient(snapshot.state.theta, out.component, x[0], x[1]);
  out.formulas.push_back(
      {numbered("r", out.component) + "\\nabla_{\\mu}" + numbered("d", out.component) + "{=}(",
       r[c] * pull[0], ",\\;", r[c] * pull[1], ")"});
  return out;
}

Inspection inspect_prototype(const Snapshot& snapshot, int j) {
  const Mixture& model = mixture_of(snapshot);
  const MixtureComponent c = model.unpack(snapshot.state.theta)[static_cast<std::size_t>(j)];
  const Eigen::Index at = 2 * j;
  Inspection out;
  out.title = "Prototype " + std::to_string(j + 1);
  out.component = j;
  out.quantities.push_back({numbered("\\mu", j), "mean", {c.mu_x, c.mu_y}, 2});
  out.quantities.push_back({numbered("\\Sigma", j), "covariance", matrix(c.sigma), 2});
  const Eigen::Vector2d gradient = snapshot.evaluation.gradient.segment(at, 2);
  const auto own_gradient = [&](Inspection& to) {
    to.quantities.push_back(
        {"\\partial J/\\partial" + numbered("\\mu", j), "gradient", {gradient[0], gradient[1]}, 2});
  };
  out.remark = model.responsibilities_unavailable();
  if (!out.remark.empty()) {
    own_gradient(out);
    return out;
  }
  const double share = snapshot.evaluation.statistics(j, kernel::kN),
               n = static_cast<double>(snapshot.data().size());
  out.quantities.push_back({numbered("\\pi", j), "weight", {c.weight}, 1});
  out.quantities.push_back({numbered("N", j), "points", {share}, 1});
  own_gradient(out);
  if (snapshot.em_target.size() == 0) {
    out.remark = model.em_unavailable();
    return out;
  }
  const Eigen::Vector2d step = snapshot.em_target.segment(at, 2) - snapshot.state.theta.segment(at, 2);
  out.quantities.push_back({numbered("\\mu", j) + "^{\\mathrm{EM}}",
                            "where EM goes",
                            {snapshot.em_target[at], snapshot.em_target[at + 1]},
                            2});
  if (!preconditions(model)) {
    out.remark = "Only for the Gaussian energy is the preconditioner Σ_j / N_j.";
    return out;
  }
  out.quantities.push_back({"\\frac{N}{N_{" + std::to_string(j + 1) + "}}" + numbered("\\Sigma", j),
                            "preconditioner", matrix(c.sigma, n / share), 2});
  const Eigen::Vector2d preconditioned = preconditioned_gradient(snapshot, j);
  const std::string minus = "-\\frac{N}{N_{" + std::to_string(j + 1) + "}}" + numbered("\\Sigma", j) +
                            "\\,\\partial J/\\partial" + numbered("\\mu", j);
  out.formulas.push_back({minus + "{=}(", preconditioned[0], ",\\;", preconditioned[1], ")"});
  out.formulas.push_back({numbered("\\mu", j) + "^{\\mathrm{EM}}{-}" + numbered("\\mu", j) + "{=}(", step[0],
                          ",\\;", step[1], ")"});
  return out;
}

bool preconditions(const Mixture& model) {
  const MixtureOptions& o = model.options();
  return o.energy->id == "gaussian" && o.learn_means && model.em_unavailable().empty();
}

// -(N/N_j) Sigma_j dJ/dmu_j.
Eigen::Vector2d preconditioned_gradient(const Snapshot& snapshot, int j) {
  const Sym2 s = mixture_of(snapshot).unpack(snapshot.state.theta)[static_cast<std::size_t>(j)].sigma;
  const double factor =
      -static_cast<double>(snapshot.data().size()) / snapshot.evaluation.statistics(j, kernel::kN);
  const Eigen::Vector2d g = snapshot.evaluation.gradient.segment(2 * j, 2);
  return {factor * (s.xx * g[0] + s.xy * g[1]), factor * (s.xy * g[0] + s.yy * g[1])};
}

namespace {

// Beyond the tip of an arrow from the origin.
void add_arrow_name(Panel& panel, const Eigen::Vector2d& tip, const std::string& tex, const Ink& ink) {
  Text name{tip[0], tip[1], tex, true, ink};
  name.anchor = tip[0] < 0 ? Anchor::right : Anchor::left;
  name.dx_px = tip[0] < 0 ? -8 : 8;
  name.dy_px = tip[1] < 0 ? 14 : -6;
  name.plate = true;
  panel.marks.push_back(std::move(name));
}

}  // namespace

Figure preconditioner_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{
      .id = "preconditioner", .title = "Gradient and EM step", .caption = {}, .panels = {}, .keep = {}};
  const Mixture& model = mixture_of(snapshot);
  int j = view.pinned.kind == ElementId::Kind::prototype ? view.pinned.index : view.shaped;
  if (view.hovered.kind == ElementId::Kind::prototype) j = view.hovered.index;
  j = std::clamp(j, 0, model.components() - 1);
  const std::string number = std::to_string(j + 1);
  figure.caption = caption_start(snapshot) + ", prototype " + number +
                   ". Wide: $\\mu_{\\mathrm{EM}} - \\mu$. In it: $-(N/N_j)\\,\\Sigma_j\\,\\partial "
                   "J/\\partial\\mu$. Dashed: the direction of $-\\partial J/\\partial\\mu$.";
  Panel panel;
  panel.equal_aspect = true;
  panel.title = figure.title;
  panel.grid = false;
  for (const int a : {0, 1}) {
    Axis& axis = a == 0 ? panel.x : panel.y;
    axis = data_axis(snapshot, a, {});
    axis.label = "step in " + (axis.label.empty() ? std::string(a == 0 ? "x" : "y") : axis.label);
  }
  Eigen::Vector2d em(0, 0), own = -snapshot.evaluation.gradient.segment(2 * j, 2);
  const bool both = preconditions(model) && snapshot.em_target.size() > 0;
  if (snapshot.em_target.size() > 0)
    em = snapshot.em_target.segment(2 * j, 2) - snapshot.state.theta.segment(2 * j, 2);
  const double length = em.norm() > 0 ? em.norm() : own.norm();
  if (own.norm() > 0) own *= length / own.norm();
  const double margin = 0.25 * std::max(length, 1e-300);
  panel.x.lo = std::min({0.0, em[0], own[0]}) - margin, panel.x.hi = std::max({0.0, em[0], own[0]}) + margin;
  panel.y.lo = std::min({0.0, em[1], own[1]}) - margin, panel.y.hi = std::max({0.0, em[1], own[1]}) + margin;
  Arrow direction{"gradient", 0, 0, own[0], own[1], {Role::muted, 0, 1}};
  direction.width_px = 1.5, direction.dash = Dash::dashed;
  panel.marks.push_back(direction);
  if (snapshot.em_target.size() > 0) {
    Arrow wide{"EM step", 0, 0, em[0], em[1], {Role::mark, j, 0.7}};
    wide.width_px = 7, wide.head_length_px = 20, wide.head_width_px = 19, wide.halo = false;
    panel.marks.push_back(wide);
  }
  if (both) {
    const Eigen::Vector2d p = preconditioned_gradient(snapshot, j);
    panel.marks.push_back(Arrow{"preconditioned gradient", 0, 0, p[0], p[1], {Role::ink, 0, 1}, 1.8});
  }
  Marker self{.series = "prototype " + number, .shape = Shape::prototype, .ink = {Role::mark, j, 1}};
  panel.marks.push_back(std::move(self));
  if (snapshot.em_target.size() > 0) add_arrow_name(panel, em, "\\mu_{\\mathrm{EM}}-\\mu", {Role::line, j});
  add_arrow_name(panel, own, "-\\partial J/\\partial\\mu", {Role::muted});
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
