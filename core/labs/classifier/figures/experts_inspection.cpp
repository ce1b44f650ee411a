// The inspector's numbers of one point and of one expert, and the formulas of a mixture of experts.
#include <cmath>
#include <numbers>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/labs/classifier/figures/experts.h"
#include "core/labs/classifier/figures/formulas.h"
#include "core/labs/kit/figure_parts.h"

namespace iem {
namespace {

std::string of_expert(const std::string& symbol, int h) {
  return symbol + "_{" + std::to_string(h + 1) + "}";
}

// c_1 = 0.919 + log 0.5 + (y - alpha x - beta)^2/(2 sigma^2).
FormulaLine evidence_line(const Expert& e, double x, double y, double c, int h) {
  const double off = y - e.slope * x - e.intercept;
  return {of_expert("c", h),
          "{=}",
          0.5 * libm::log(2 * std::numbers::pi * e.noise),
          "{+}",
          0.5 * off * off / e.noise,
          "{=}",
          c};
}

// r as e^-d over the sum of these; with the least energy subtracted where the exponentials would overflow or
// underflow.
void add_share_line(Inspection& out, const std::string& symbol, const std::vector<double>& energies,
                    const std::vector<double>& shares, int h, double tau) {
  double least = energies[0], z = 0;
  for (const double d : energies) least = std::min(least, d);
  const double from = std::abs(least / tau) < 600 ? 0 : least;
  for (const double d : energies) z += libm::exp((from - d) / tau);
  const auto at = static_cast<std::size_t>(h);
  if (!std::isfinite(z) || !(z > 0)) return;
  out.formulas.push_back({symbol, "{=}", libm::exp((from - energies[at]) / tau), "/", z, "{=}", shares[at]});
}

void add_pull_lines(Inspection& out, const Classifier::PointRow& row, double kappa, int h) {
  const auto at = static_cast<std::size_t>(h);
  FormulaLine gate = {"\\partial J_i/\\partial " + of_expert("d", h), "{=}"};
  if (kappa == 0) {
    gate.emplace_back(row.pull[at]);
  } else {
    gate.insert(gate.end(), {row.clamped[at], "{-}"});
    if (kappa != 1) gate.insert(gate.end(), {kappa, "{\\cdot}"});
    gate.insert(gate.end(), {row.free[at], "{=}", row.pull[at]});
  }
  out.formulas.push_back(std::move(gate));
  out.formulas.push_back({"\\partial J_i/\\partial " + of_expert("c", h) + "{=}" + of_expert("r^\\star", h),
                          "{=}", row.clamped[at]});
}

std::vector<double> sums_of(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> out = a;
  for (std::size_t h = 0; h < out.size(); ++h) out[h] += b[h];
  return out;
}

std::string over_tau(const Config& config, const std::string& energy) {
  const bool at_one = config.real("model.temperature") == 1 && config.real("schedule.temperature_decay") == 1;
  return at_one ? "e^{-" + energy + "}" : "e^{-" + energy + "/\\tau}";
}

}  // namespace

NumberLine energy_of_gate(const Snapshot& snapshot, int point, int h) {
  const Experts::GateTerms terms =
      experts_of(snapshot)->gate_terms(snapshot.state.theta, h, snapshot.data().points(point, 0));
  return {h, terms.terms, terms.sum};
}

Inspection inspect_expert_point(const Snapshot& snapshot, int point, int component) {
  const Experts& model = *experts_of(snapshot);
  const double x = snapshot.data().points(point, 0), y = snapshot.data().points(point, 1);
  const Classifier::PointRow row = row_of_point(snapshot, point);
  const double tau = snapshot.temperature;
  Inspection out;
  out.title = "Point " + std::to_string(point);
  out.state = "x = " + shown_number(x) + ", y = " + shown_number(y);
  const auto best = std::max_element(row.clamped.begin(), row.clamped.end()) - row.clamped.begin();
  const int h = component >= 0 && component < model.classes() ? component : static_cast<int>(best);
  out.component = h;
  out.table = {
      {"d_h", "The gate's energy, of x alone.", row.d},
      {"r_h", "Who the gate says will answer.", row.free},
      {"c_h", "The evidence: -log p(y | x, h).", row.evidence},
      {"r^\\star_h", "Who has answered, now that y is known.", row.clamped},
      {"\\frac{\\partial J_i}{\\partial d_h}", "The residual: positive where the energy falls.", row.pull}};
  const Expert e = model.unpack(snapshot.state.theta)[static_cast<std::size_t>(h)];
  out.formulas.push_back(number_formula(energy_of_gate(snapshot, point, h), of_expert("d", h)));
  add_share_line(out, of_expert("r", h), row.d, row.free, h, tau);
  out.formulas.push_back(evidence_line(e, x, y, row.evidence[static_cast<std::size_t>(h)], h));
  add_share_line(out, of_expert("r^\\star", h), sums_of(row.d, row.evidence), row.clamped, h, tau);
  add_pull_lines(out, row, model.kappa(), h);
  out.formulas.push_back({"J_i", "{=}", row.loss});
  return out;
}

Inspection inspect_expert(const Snapshot& snapshot, int h) {
  const Experts& model = *experts_of(snapshot);
  const Theta& theta = snapshot.state.theta;
  const Expert e = model.unpack(theta)[static_cast<std::size_t>(h)];
  Inspection out;
  out.title = "Expert " + std::to_string(h + 1);
  out.state = "a line and its part of the gate";
  out.component = h;
  out.quantities = {{of_expert("\\alpha", h), "slope", {e.slope}, 1},
                    {of_expert("\\beta", h), "intercept", {e.intercept}, 1},
                    {of_expert("\\sigma^2", h), "variance of the noise", {e.noise}, 1}};
  if (model.is_linear()) {
    out.quantities.push_back({of_expert("w", h), "slope of the gate", {e.w}, 1});
    out.quantities.push_back({of_expert("b", h), "offset of the gate", {e.b}, 1});
  } else {
    out.quantities.push_back({of_expert("\\mu", h), "mean", {e.mean}, 1});
    out.quantities.push_back({of_expert("s^2", h), "variance", {e.variance}, 1});
    out.quantities.push_back({of_expert("\\pi", h), "weight", {e.weight}, 1});
  }
  const auto sums = snapshot.evaluation.statistics.row(h);
  const std::string index = "_{i," + std::to_string(h + 1) + "}";
  out.quantities.push_back({"\\sum_ir^\\star" + index, "points with y", {sums[Experts::kR]}, 1});
  out.quantities.push_back({"\\sum_ir" + index, "points without y", {sums[Experts::kFree]}, 1});
  return out;
}

Dump energies_of_experts(const Snapshot& snapshot) {
  const int count = classifier_of(snapshot).classes();
  std::vector<TableColumn> columns = energy_columns("energies", count);
  for (TableColumn& c : component_columns("c", count, "minus log evidence of y", "nats"))
    columns.push_back(std::move(c));
  return {std::move(columns), snapshot.data().size(), [&snapshot, count](Eigen::Index first, Eigen::Index n) {
            Eigen::MatrixXd rows(n, 2 * count);
            for (Eigen::Index i = 0; i < n; ++i) {
              const Classifier::PointRow row = row_of_point(snapshot, first + i);
              for (int h = 0; h < count; ++h) {
                rows(i, h) = row.d[static_cast<std::size_t>(h)];
                rows(i, count + h) = row.evidence[static_cast<std::size_t>(h)];
              }
            }
            return rows;
          }};
}

std::vector<double> trail_of_lines(const Experts& model, const Theta& theta, const Evaluation& evaluation) {
  std::vector<double> out;
  const auto free = evaluation.statistics.col(Experts::kFree);
  const std::vector<Expert> experts = model.unpack(theta);
  for (std::size_t h = 0; h < experts.size(); ++h)
    out.insert(out.end(),
               {experts[h].slope, experts[h].intercept, free[static_cast<Eigen::Index>(h)] / free.sum()});
  return out;
}

std::string energy_of_experts_tex(const Config& config) {
  if (config.text("model.energy") == "linear") return "d_h(x)=-(w_hx+b_h)";
  const EnergyType& energy = *find_energy(config.text("model.energy"));
  std::string out = "d_h(x)=" + energy.formula;
  if (config.flag("model.volume_term")) out += "+\\log s_h+C";
  out += "-\\log\\pi_h";
  if (out.find("\\rho") != std::string::npos) out += ",\\quad\\rho=|x-\\mu_h|/s_h";
  if (out.find("u_0") != std::string::npos) out += ",\\quad u_0=(x-\\mu_h)/s_h,\\;u_1=0";
  return out;
}

std::string objective_of_experts_tex(const Config& config) {
  const double kappa = config.text("model.energy") == "linear" ? 1 : config.real("model.discriminative");
  const std::string free = kappa == 0 ? "" : kappa == 1 ? "L_i" : "\\kappa\\,L_i";
  return "J=\\frac1N\\sum_i\\left[" + free + "-L^\\star_i\\right]";
}

std::string sums_of_experts_tex(const Config& config) {
  const std::string tau = over_tau(config, "d") == "e^{-d}" ? "" : "\\tau\\,";
  return "L_i=" + tau + "\\log\\sum_h" + over_tau(config, "d_{ih}") + ",\\;L^\\star_i=" + tau +
         "\\log\\sum_h" + over_tau(config, "(d_{ih}+c_{ih})") +
         ",\\;c_{ih}=\\frac{1}{2}\\log(2\\pi\\sigma_h^2)+\\frac{(y_i-\\alpha_hx_i-\\beta_h)^2}{2\\sigma_h^2}";
}

std::string em_of_experts_tex(const Config& config) {
  const std::string lines = "\\alpha_h,\\beta_h,\\sigma_h\\leftarrow\\arg\\min\\sum_ir^\\star_{ih}\\,c_{ih}";
  if (config.text("model.energy") == "linear")
    return lines + ",\\quad\\Delta(w,b)=-2\\tau\\,\\frac{\\partial J}{\\partial(w,b)}S^{+}";
  return lines + ",\\quad\\mu_h,s_h,\\pi\\leftarrow\\arg\\min\\sum_{ih}r^\\star_{ih}\\,d_{ih}";
}

}  // namespace iem
