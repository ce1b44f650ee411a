#include "core/labs/classifier/figures/inspection.h"

#include <cmath>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/labs/classifier/figures/formulas.h"
#include "core/labs/classifier/figures/list.h"

namespace iem {
namespace {

std::string at_class(const std::string& symbol, int j) { return symbol + "_{" + std::to_string(j + 1) + "}"; }

std::vector<double> scaled(const std::vector<double>& values, double factor) {
  std::vector<double> out;
  for (const double v : values) out.push_back(factor * v);
  return out;
}

// The residual for both signs, as dJ/dd and as dJ/ds.
void add_residual_lines(Inspection& out, const Classifier& model, const Classifier::PointRow& row, int label,
                        int c) {
  const auto at = static_cast<std::size_t>(c);
  const double kappa = label < 0 || !model.competes() ? (model.competes() ? 0 : 1) : model.kappa();
  FormulaLine distance = {"\\partial J_i/\\partial " + at_class("d", c), "{=}"};
  FormulaLine logit = {"\\partial J_i/\\partial " + at_class("s", c), "{=}"};
  for (FormulaPiece& piece : written_residual(model, row, label, c)) distance.push_back(std::move(piece));
  if (kappa == 0) {
    logit.insert(logit.end(), {-row.pull[at]});
  } else {
    if (kappa == 1) {
      logit.insert(logit.end(), {row.free[at], "{-}", row.clamped[at], "{=}", -row.pull[at]});
    } else {
      logit.insert(logit.end(),
                   {kappa, "{\\cdot}", row.free[at], "{-}", row.clamped[at], "{=}", -row.pull[at]});
    }
  }
  out.formulas.push_back(std::move(distance));
  out.formulas.push_back(std::move(logit));
}

}  // namespace

FormulaLine written_share(const Classifier::PointRow& row, int c, double tau) {
  double least = row.d[0], z = 0;
  for (const double d : row.d) least = std::min(least, d);
  const bool shifted = !(std::abs(least / tau) < 600);
  for (const double d : row.d) z += libm::exp((shifted ? least - d : -d) / tau);
  const double own = libm::exp(
      (shifted ? least - row.d[static_cast<std::size_t>(c)] : -row.d[static_cast<std::size_t>(c)]) / tau);
  if (!std::isfinite(z) || !(z > 0)) return {};
  return {at_class("r", c), "{=}", own, "/", z, "{=}", row.free[static_cast<std::size_t>(c)]};
}

FormulaLine written_with_label(const Snapshot& snapshot, const Classifier::PointRow& row, int label, int c) {
  const Classifier& model = classifier_of(snapshot);
  const Theta& theta = snapshot.state.theta;
  const auto at = static_cast<std::size_t>(c);
  const std::string star = at_class("r^\\star", c);
  if (label < 0)
    return {star + "{=}\\lambda\\," + at_class("r", c),
            "{=}",
            model.unlabelled_weight(),
            "{\\cdot}",
            row.free[at],
            "{=}",
            row.clamped[at]};
  if (model.options().label_trust == 1 && !model.confusion())
    return {star + "{=}[y{=}" + std::to_string(c + 1) + "]", "{=}", row.clamped[at]};
  // e_c r_c over sum e_k r_k: the free responsibilities without the background, weighted by the evidence.
  double sum = 0;
  for (int k = 0; k < model.classes(); ++k)
    sum += model.evidence(theta, k, label) * row.free[static_cast<std::size_t>(k)];
  if (!(sum > 0)) return {};
  return {star,  "{=}",          model.evidence(theta, c, label), "{\\cdot}", row.free[at], "/", sum,
          "{=}", row.clamped[at]};
}

FormulaLine written_residual(const Classifier& model, const Classifier::PointRow& row, int label, int c) {
  const auto at = static_cast<std::size_t>(c);
  const double kappa = label < 0 || !model.competes() ? (model.competes() ? 0 : 1) : model.kappa();
  if (kappa == 0) return {row.pull[at]};
  FormulaLine line = {row.clamped[at], "{-}"};
  if (kappa != 1) line.insert(line.end(), {kappa, "{\\cdot}"});
  line.insert(line.end(), {row.free[at], "{=}", row.pull[at]});
  return line;
}

NumberLine energy_of_class(const Snapshot& snapshot, int point, int j) {
  const Classifier& model = classifier_of(snapshot);
  const auto at = snapshot.data().points.row(point);
  if (model.is_linear()) {
    const Classifier::LinearTerms t = model.linear_terms(snapshot.state.theta, j, at[0], at[1]);
    return {j, {t.along, t.bias}, t.along + t.bias};
  }
  const Mixture& prototypes = *model.prototypes();
  const Mixture::Terms t = prototypes.terms(snapshot.state.theta, j, at[0], at[1]);
  NumberLine line{j, {t.kernel}, t.kernel + t.volume + t.rest};
  if (prototypes.options().volume_term) line.terms.push_back(t.volume);
  if (model.competes()) line.terms.push_back(t.rest);
  return line;
}

Inspection inspect_labelled_point(const Snapshot& snapshot, int point, int component) {
  const Classifier& model = classifier_of(snapshot);
  const auto at = snapshot.data().points.row(point);
  const int label = label_of_point(snapshot, point);
  const Classifier::PointRow row = row_of_point(snapshot, point);
  const int k = model.classes(), answer = answer_of(snapshot, row);
  const double tau = snapshot.temperature;
  Inspection out;
  out.title = "Point " + std::to_string(point);
  out.state =
      "(" + shown_number(at[0]) + ", " + shown_number(at[1]) + "), " + label_words(snapshot.data(), label);
  if (label < 0) out.state = "(" + shown_number(at[0]) + ", " + shown_number(at[1]) + "), no label";
  const int chosen = component >= 0 && component < k ? component : label >= 0 ? label : answer;
  out.component = chosen;
  const auto first = [&](const std::vector<double>& v) {
    return std::vector<double>(v.begin(), v.begin() + k);
  };
  const bool competes = model.competes();
  out.table = {
      {"d_j", "The energy: lower is a better match.", first(row.d)},
      {"r_j", competes ? "The responsibility without the label." : "The class' own sigmoid.",
       first(row.free)},
      {"r^\\star_j", competes ? "The responsibility with it." : "What the label says.", row.clamped},
      {"\\frac{\\partial J_i}{\\partial d_j}", "The residual: positive where the energy falls.", row.pull},
      {"\\frac{\\partial J_i}{\\partial s_j}", "The same by the logit s = -d: the sign turns.",
       scaled(row.pull, -1)}};
  out.formulas.push_back(number_formula(energy_of_class(snapshot, point, chosen), at_class("d", chosen)));
  const auto add = [&](FormulaLine line) {
    if (!line.empty()) out.formulas.push_back(std::move(line));
  };
  if (competes && model.responsibility() == Responsibility::softmax) add(written_share(row, chosen, tau));
  if (competes) add(written_with_label(snapshot, row, label, chosen));
  add_residual_lines(out, model, row, label, chosen);
  out.formulas.push_back({label < 0 ? "J_i{=}-\\lambda L_i" : "J_i", "{=}", row.loss});
  if (!competes) out.remark = model.responsibilities_unavailable();
  return out;
}

Inspection inspect_class(const Snapshot& snapshot, int j) {
  const Classifier& model = classifier_of(snapshot);
  const Theta& theta = snapshot.state.theta;
  Inspection out;
  out.title = "Class " + std::to_string(j + 1);
  out.state = class_words(snapshot, j);
  out.component = j;
  const Eigen::Index at = 2 * j;
  if (model.is_linear()) {
    const Eigen::Index b = model.layout().blocks()[1].offset + j;
    out.quantities.push_back({at_class("w", j), "slope", {theta[at], theta[at + 1]}, 2});
    out.quantities.push_back({at_class("b", j), "offset", {theta[b]}, 1});
    out.quantities.push_back({"\\partial J/\\partial " + at_class("w", j),
                              "gradient",
                              {snapshot.evaluation.gradient[at], snapshot.evaluation.gradient[at + 1]},
                              2});
    out.quantities.push_back(
        {"\\partial J/\\partial " + at_class("b", j), "gradient", {snapshot.evaluation.gradient[b]}, 1});
  } else {
    const MixtureComponent c = model.prototypes()->unpack(theta)[static_cast<std::size_t>(j)];
    out.quantities.push_back({at_class("\\mu", j), "mean", {c.mu_x, c.mu_y}, 2});
    out.quantities.push_back(
        {at_class("\\Sigma", j), "covariance", {c.sigma.xx, c.sigma.xy, c.sigma.xy, c.sigma.yy}, 2});
    if (model.competes()) out.quantities.push_back({at_class("\\pi", j), "weight", {c.weight}, 1});
    out.quantities.push_back({"\\partial J/\\partial " + at_class("\\mu", j),
                              "gradient",
                              {snapshot.evaluation.gradient[at], snapshot.evaluation.gradient[at + 1]},
                              2});
  }
  const Eigen::Index free = model.free_column();
  const double with = snapshot.evaluation.statistics(j, 0), without = snapshot.evaluation.statistics(j, free);
  out.quantities.push_back(
      {"\\sum_i\\partial J_i/\\partial " + at_class("d", j), "pull of all points", {with}, 1});
  if (model.competes())
    out.quantities.push_back(
        {"\\sum_i r_{i," + std::to_string(j + 1) + "}", "points without labels", {without}, 1});
  return out;
}

}  // namespace iem
