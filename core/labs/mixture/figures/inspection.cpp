// The numbers of one point and of one prototype of a mixture.
//
// Point: d_j -> exp(-d_j/tau) -> Z -> r_j -> dL/dd_j = -r_j, the last one computed by complex step too.
// Prototype: its gradient and its EM step, and that the second is the first times a preconditioner (Xu &
// Jordan 1996, eq. 3.4): mu_EM - mu = -(N/N_j) Sigma_j dJ/dmu_j for the gaussian; with weights w = k'(u)/u
// the same with sum_i r_ij w_ij in place of N_j, since dJ/dmu_j = -(1/N) Sigma_j^-1 sum_i r_ij w_ij (x_i -
// mu_j).
#include <algorithm>
#include <cmath>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/field/field.h"
#include "core/labs/mixture/figures/formulas.h"
#include "core/labs/mixture/figures/inspection.h"
#include "core/labs/mixture/figures/list.h"
#include "core/math/responsibility.h"

namespace iem {
namespace {

std::string pair_text(double x, double y) { return "(" + shown_number(x) + ", " + shown_number(y) + ")"; }

std::string numbered(const std::string& symbol, int j) { return symbol + "_{" + std::to_string(j + 1) + "}"; }

std::vector<double> matrix(const Sym2& s, double factor = 1) {
  return {factor * s.xx, factor * s.xy, factor * s.xy, factor * s.yy};
}

// Sigma is the covariance of the gaussian; of the other energies it is (W^T W)^-1, a matrix of scales.
std::string scale_name(const Mixture& model) {
  return model.options().energy->id == "gaussian" ? "covariance" : "scale matrix";
}

// The divisor of N in the preconditioner: N_j, or sum_i r_ij w_ij.
double divisor(const Snapshot& snapshot, int j) {
  const bool weighted = mean_step(mixture_of(snapshot)) == MeanStep::reweighted;
  return snapshot.evaluation.statistics(j, weighted ? kernel::kW : kernel::kN);
}

// One sentence why the EM step is not a preconditioned gradient; empty where it is.
std::string unlike_a_gradient(const Snapshot& snapshot, int j) {
  const Mixture& model = mixture_of(snapshot);
  if (!model.options().learn_means) return "The means are not learned: neither rule moves them.";
  if (!(snapshot.evaluation.statistics(j, kernel::kN) > kEmptyMass))
    return "A component without points stays where it is.";
  if (mean_step(model) == MeanStep::median)
    return "EM takes the weighted median along each axis; that is no gradient times a matrix.";
  return "";
}

// Adds the lines r_2 = 0.02224/0.04354 = 0.5108 and -L = -log Z = ...
void add_softmax_lines(Inspection& out, const PointNumbers& at, double tau) {
  const auto c = static_cast<std::size_t>(out.component);
  const std::string exponential = at.shifted ? shifted_exponential_tex(tau) : exponential_tex(tau);
  out.formulas.push_back({"Z{=}\\sum_j " + exponential, "{=}", at.z});
  out.formulas.push_back({numbered("r", out.component), "{=}", at.weight[c], "/", at.z, "{=}", at.r[c]});
  FormulaLine line = {tau == 1 ? "-L{=}-\\log Z" : "-L{=}-\\tau\\log Z", "{=}"};
  if (at.shifted) line = {tau == 1 ? "-L{=}d_*-\\log Z" : "-L{=}d_*-\\tau\\log Z", "{=}", at.least};
  line.emplace_back("{-}");
  if (tau != 1) line.insert(line.end(), {tau, "{\\cdot}"});
  line.insert(line.end(), {"\\log ", at.z, "{=}", at.minus_l});
  out.formulas.push_back(std::move(line));
}

// Adds the line of the minimum that defines a sparse responsibility: -L = p.d + tau Omega(p).
void add_sparse_line(Inspection& out, const PointNumbers& at, Responsibility rule, double tau) {
  double mean = 0, omega = 0;
  for (std::size_t j = 0; j < at.r.size(); ++j) {
    const double p = at.r[j];
    if (p == 0) continue;
    mean += p * at.d[j];
    omega += rule == Responsibility::sparsemax ? 0.5 * (p * p - p) : 4.0 / 3 * (p * std::sqrt(p) - p);
  }
  out.formulas.push_back({regulariser_tex(rule, "r") + "{=}", omega});
  FormulaLine line = {tau == 1 ? "-L{=}r\\cdot d+\\Omega(r)" : "-L{=}r\\cdot d+\\tau\\,\\Omega(r)", "{=}",
                      mean};
  line.emplace_back(omega < 0 ? "{-}" : "{+}");
  if (tau != 1) line.insert(line.end(), {tau, "{\\cdot}"});
  line.insert(line.end(), {std::abs(omega), "{=}", at.minus_l});
  out.formulas.push_back(std::move(line));
}

}  // namespace

PointNumbers numbers_at(const Snapshot& snapshot, int point) {
  constexpr double kSmallest = 1e-290, kLargest = 1e290;
  const Mixture& model = mixture_of(snapshot);
  const double tau = snapshot.temperature;
  const auto x = snapshot.data().points.row(point);
  PointNumbers out;
  for (int j = 0; j < model.components(); ++j) {
    const Mixture::Terms terms = model.terms(snapshot.state.theta, j, x[0], x[1]);
    out.d.push_back(terms.kernel + terms.volume + terms.rest);
  }
  if (!model.responsibilities_unavailable().empty()) return out;
  out.r.resize(out.d.size());
  out.minus_l = -log_partition(model.responsibility(), out.d, tau, out.r);
  out.least = *std::min_element(out.d.begin(), out.d.end());
  if (model.responsibility() != Responsibility::softmax) return out;
  for (const bool shifted : {false, true}) {
    out.shifted = shifted;
    out.weight.clear();
    out.z = 0;
    for (const double d : out.d) {
      out.weight.push_back(libm::exp((shifted ? out.least - d : -d) / tau));
      out.z += out.weight.back();
    }
    if ((out.z > kSmallest && out.z < kLargest) || !std::isfinite(out.minus_l)) break;
  }
  return out;
}

NumberLine energy_terms(const Snapshot& snapshot, int point, int component) {
  const Mixture& model = mixture_of(snapshot);
  const auto x = snapshot.data().points.row(point);
  const Mixture::Terms terms = model.terms(snapshot.state.theta, component, x[0], x[1]);
  NumberLine line{component, {terms.kernel}, terms.kernel + terms.volume + terms.rest};
  if (model.options().volume_term) line.terms.push_back(terms.volume);
  if (model.responsibilities_unavailable().empty()) line.terms.push_back(terms.rest);
  return line;
}

Inspection inspect_point(const Snapshot& snapshot, int point, int component) {
  const Mixture& model = mixture_of(snapshot);
  const double tau = snapshot.temperature;
  const auto x = snapshot.data().points.row(point);
  Inspection out;
  out.title = "Point " + std::to_string(point);
  out.state = pair_text(x[0], x[1]);
  if (snapshot.data().has_labels())
    out.state += ", " + label_words(snapshot.data(), snapshot.data().labels[point]);

  const PointNumbers at = numbers_at(snapshot, point);
  out.table.push_back({"d_j", "The energy: lower is a better match.", at.d});
  out.remark = model.responsibilities_unavailable();
  if (!out.remark.empty()) return out;

  std::vector<double> minus_r, computed(at.d.size());
  for (const double r : at.r) minus_r.push_back(-r);
  log_partition_derivatives(model.responsibility(), at.d, tau, computed);
  const auto largest = std::max_element(at.r.begin(), at.r.end()) - at.r.begin();
  out.component = component >= 0 && component < model.components() ? component : static_cast<int>(largest);
  const auto c = static_cast<std::size_t>(out.component);
  if (!at.weight.empty())
    out.table.push_back({at.shifted ? shifted_exponential_tex(tau) : exponential_tex(tau),
                         at.shifted ? "Its Boltzmann weight over the largest one; d_* is the least energy."
                                    : "Its Boltzmann weight.",
                         at.weight});
  out.table.push_back({"r_j", "The responsibility.", at.r});
  out.table.push_back(
      {"\\frac{\\partial L}{\\partial d_j}", "Minus the responsibility, as claimed.", minus_r});
  out.table.push_back(
      {"\\approx", "The same derivative by complex step, without any responsibility.", computed});

  out.formulas.push_back(
      number_formula(energy_terms(snapshot, point, out.component), numbered("d", out.component)));
  if (at.weight.empty())
    add_sparse_line(out, at, model.responsibility(), tau);
  else
    add_softmax_lines(out, at, tau);
  const Eigen::Vector2d pull = model.mean_gradient(snapshot.state.theta, out.component, x[0], x[1]);
  out.formulas.push_back(
      {numbered("r", out.component) + "\\nabla_{\\mu}" + numbered("d", out.component) + "{=}(",
       at.r[c] * pull[0], ",\\;", at.r[c] * pull[1], ")"});
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
  if (!model.options().energy->on_circle)
    out.quantities.push_back({numbered("\\Sigma", j), scale_name(model), matrix(c.sigma), 2});
  const Eigen::Vector2d gradient = snapshot.evaluation.gradient.segment(at, 2);
  const auto own_gradient = [&](Inspection& to) {
    if (!model.options().learn_means) return;  // the evaluation leaves it out
    to.quantities.push_back(
        {"\\partial J/\\partial" + numbered("\\mu", j), "gradient", {gradient[0], gradient[1]}, 2});
  };
  out.remark = model.responsibilities_unavailable();
  if (!out.remark.empty()) {
    own_gradient(out);
    return out;
  }
  const double n = static_cast<double>(snapshot.data().size());
  out.quantities.push_back({numbered("\\pi", j), "weight", {c.weight}, 1});
  out.quantities.push_back({numbered("N", j), "points", {snapshot.evaluation.statistics(j, kernel::kN)}, 1});
  own_gradient(out);
  if (snapshot.em_target.size() == 0) {
    out.remark = model.em_unavailable();
    if (out.remark.empty()) out.remark = "There are too many points to take their medians for every picture.";
    return out;
  }
  const Eigen::Vector2d step = snapshot.em_target.segment(at, 2) - snapshot.state.theta.segment(at, 2);
  out.quantities.push_back({numbered("\\mu", j) + "^{\\mathrm{EM}}",
                            "where EM goes",
                            {snapshot.em_target[at], snapshot.em_target[at + 1]},
                            2});
  out.remark = unlike_a_gradient(snapshot, j);
  if (!out.remark.empty()) return out;
  const std::string factor = preconditioner_tex(mean_step(model), std::to_string(j + 1));
  if (mean_step(model) == MeanStep::reweighted)
    out.quantities.push_back({"\\sum_i r_{i" + std::to_string(j + 1) + "}w_{i" + std::to_string(j + 1) + "}",
                              "weighted points",
                              {divisor(snapshot, j)},
                              1});
  out.quantities.push_back({factor, "preconditioner", matrix(c.sigma, n / divisor(snapshot, j)), 2});
  const Eigen::Vector2d preconditioned = preconditioned_gradient(snapshot, j);
  out.formulas.push_back({"-" + factor + "\\,\\partial J/\\partial" + numbered("\\mu", j) + "{=}(",
                          preconditioned[0], ",\\;", preconditioned[1], ")"});
  out.formulas.push_back({numbered("\\mu", j) + "^{\\mathrm{EM}}-" + numbered("\\mu", j) + "{=}(", step[0],
                          ",\\;", step[1], ")"});
  return out;
}

bool preconditions(const Snapshot& snapshot, int j) {
  return snapshot.em_target.size() > 0 && unlike_a_gradient(snapshot, j).empty();
}

Eigen::Vector2d preconditioned_gradient(const Snapshot& snapshot, int j) {
  const Sym2 s = mixture_of(snapshot).unpack(snapshot.state.theta)[static_cast<std::size_t>(j)].sigma;
  const double factor = -static_cast<double>(snapshot.data().size()) / divisor(snapshot, j);
  const Eigen::Vector2d g = snapshot.evaluation.gradient.segment(2 * j, 2);
  return {factor * (s.xx * g[0] + s.xy * g[1]), factor * (s.xy * g[0] + s.yy * g[1])};
}

namespace {

// A name beyond the tip of an arrow that starts at the origin, above it or below it: on the side away from
// the other arrow, since the two often end near each other.
void add_arrow_name(Panel& panel, const Eigen::Vector2d& tip, bool above, const std::string& tex,
                    const Ink& ink) {
  Text name{tip[0], tip[1], tex, true, ink};
  name.anchor = tip[0] < 0 ? Anchor::right : Anchor::left;
  name.dx_px = tip[0] < 0 ? -8 : 8;
  name.dy_px = above ? -6 : 18;
  name.plate = true;
  panel.marks.push_back(std::move(name));
}

std::string preconditioner_caption(const Snapshot& snapshot, int j) {
  const Mixture& model = mixture_of(snapshot);
  const std::string number = std::to_string(j + 1);
  const bool em_moves = snapshot.em_target.size() > 0 && model.options().learn_means;
  std::string out = caption_start(snapshot) + ", prototype " + number + ".";
  if (em_moves) out += " Wide: $\\mu^{\\mathrm{EM}}_{" + number + "}-\\mu_{" + number + "}$.";
  if (preconditions(snapshot, j))
    out += " In it: $-" + preconditioner_tex(mean_step(model), number) + "\\,\\partial J/\\partial\\mu_{" +
           number + "}$" + (mean_step(model) == MeanStep::reweighted ? ", $" + weight_tex() + "$." : ".");
  else if (const std::string reason = unlike_a_gradient(snapshot, j); em_moves && !reason.empty())
    out += " " + reason;
  if (model.options().learn_means)
    return out + " Dashed: the direction of $-\\partial J/\\partial\\mu_{" + number + "}$.";
  return out + " The means are not learned: neither rule moves them.";
}

// The step of EM, wide, with the preconditioned gradient in it; and the way of the gradient, dashed.
void add_both_steps(Panel& panel, const Snapshot& snapshot, int j, const Eigen::Vector2d& em,
                    const Eigen::Vector2d& own) {
  const bool has_em = snapshot.em_target.size() > 0;
  Arrow direction{"gradient", 0, 0, own[0], own[1], {Role::muted, 0, 1}};
  direction.width_px = 1.5, direction.dash = Dash::dashed;
  panel.marks.push_back(direction);
  if (has_em) {
    Arrow wide{"EM step", 0, 0, em[0], em[1], {Role::mark, j, 0.7}};
    wide.width_px = 7, wide.head_length_px = 20, wide.head_width_px = 19, wide.halo = false;
    panel.marks.push_back(wide);
  }
  if (preconditions(snapshot, j)) {
    const Eigen::Vector2d p = preconditioned_gradient(snapshot, j);
    panel.marks.push_back(Arrow{"preconditioned gradient", 0, 0, p[0], p[1], {Role::ink, 0, 1}, 1.8});
  }
  const std::string number = std::to_string(j + 1), mu = "\\mu_{" + number + "}";
  Marker self{.series = "prototype " + number, .shape = Shape::prototype, .ink = {Role::mark, j, 1}};
  panel.marks.push_back(std::move(self));
  const bool em_above = has_em ? em[1] >= own[1] : own[1] < 0;
  if (has_em) add_arrow_name(panel, em, em_above, mu + "^{\\mathrm{EM}}-" + mu, {Role::line, j});
  add_arrow_name(panel, own, !em_above, "-\\partial J/\\partial" + mu, {Role::muted});
}

}  // namespace

Figure preconditioner_figure(const Snapshot& snapshot, const View& view) {
  Figure figure{
      .id = "preconditioner", .title = "Gradient and EM step", .caption = {}, .panels = {}, .keep = {}};
  int j = view.pinned.kind == ElementId::Kind::prototype ? view.pinned.index : view.shaped;
  if (view.hovered.kind == ElementId::Kind::prototype) j = view.hovered.index;
  j = std::clamp(j, 0, mixture_of(snapshot).components() - 1);
  figure.caption = preconditioner_caption(snapshot, j);
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
  if (snapshot.em_target.size() > 0)
    em = snapshot.em_target.segment(2 * j, 2) - snapshot.state.theta.segment(2 * j, 2);
  const double length = em.norm() > 0 ? em.norm() : own.norm();
  if (own.norm() > 0) own *= length / own.norm();
  const double margin = 0.25 * std::max(length, 1e-300);
  panel.x.lo = std::min({0.0, em[0], own[0]}) - margin, panel.x.hi = std::max({0.0, em[0], own[0]}) + margin;
  panel.y.lo = std::min({0.0, em[1], own[1]}) - margin, panel.y.hi = std::max({0.0, em[1], own[1]}) + margin;
  add_both_steps(panel, snapshot, j, em, own);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace iem
