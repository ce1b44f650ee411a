#include "core/labs/mixture/figures/formulas.h"

#include <algorithm>

#include "core/config/choice.h"
#include "core/labs/kit/kernel_formula.h"
#include "core/labs/kit/rule_formula.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

bool learns(const Config& config, const char* block) {
  const auto& learned = config.list("model.learn");
  return std::find(learned.begin(), learned.end(), block) != learned.end();
}

// -(N/N_j) Sigma_j dJ/dmu_j and its like: minus `factor` times the gradient.
std::string step_tex(const std::string& factor, MeanStep step) {
  return "\\Delta\\mu_j=-" + factor + "\\frac{\\partial J}{\\partial\\mu_j}" +
         (step == MeanStep::reweighted ? ",\\quad " + weight_tex() : "");
}

std::string em_tex(MeanStep step) {
  if (step == MeanStep::none) return "";
  if (step == MeanStep::median) return "\\mu_j\\leftarrow\\mathrm{median}_i(x_i;\\,r_{ij})";
  return step_tex(preconditioner_tex(step, "j"), step);
}

std::string gd_to_em_tex(MeanStep step) {
  const std::string factor = preconditioner_tex(step, "j");
  if (factor.empty())
    return "\\Delta\\mu_j=-(1-\\lambda)\\,\\eta\\,\\frac{\\partial J}{\\partial\\mu_j}"
           "+\\lambda(\\mu_j^{\\mathrm{EM}}-\\mu_j)";
  return step_tex("[(1-\\lambda)\\,\\eta I+\\lambda" + factor + "]", step);
}

}  // namespace

MeanStep mean_step(const Mixture& model) {
  if (!model.em_unavailable().empty()) return MeanStep::none;
  if (model.em_needs_rows()) return MeanStep::median;
  return model.options().energy->id == "gaussian" ? MeanStep::gaussian : MeanStep::reweighted;
}

MeanStep mean_step(const Config& config) {
  const EnergyType& energy = *find_energy(config.text("model.energy"));
  const bool by_medians = energy.em == MStep::medians && config.text("model.covariance") == "diag";
  const bool fixed = config.text("model.covariance") == "fixed" || !learns(config, "covariances");
  if (config.text("model.objective") != "log_sum_exp") return MeanStep::none;
  if (!energy.em_unavailable.empty() && !by_medians) return MeanStep::none;
  if (!config.flag("model.volume_term") && !fixed) return MeanStep::none;
  if (by_medians) return MeanStep::median;
  return energy.id == "gaussian" ? MeanStep::gaussian : MeanStep::reweighted;
}

std::string preconditioner_tex(MeanStep step, const std::string& j) {
  if (step == MeanStep::gaussian) return "\\frac{N}{N_{" + j + "}}\\Sigma_{" + j + "}";
  if (step == MeanStep::reweighted)
    return "\\frac{N}{\\sum_i r_{i" + j + "}w_{i" + j + "}}\\Sigma_{" + j + "}";
  return "";
}

std::string weight_tex() { return "w_{ij}=k'(\\rho_{ij})/\\rho_{ij}"; }

std::string exponential_tex(double tau) { return tau == 1 ? "e^{-d_j}" : "e^{-d_j/\\tau}"; }

std::string shifted_exponential_tex(double tau) { return tau == 1 ? "e^{d_*-d_j}" : "e^{(d_*-d_j)/\\tau}"; }

std::string regulariser_tex(Responsibility rule, const std::string& p) {
  if (rule == Responsibility::softmax) return "";
  const bool sparsemax = rule == Responsibility::sparsemax;
  return "\\Omega(" + p + ")=" + (sparsemax ? "\\frac{1}{2}" : "\\frac{4}{3}") + "\\sum_j(" + p +
         (sparsemax ? "_j^2-" : "_j^{3/2}-") + p + "_j)";
}

std::string share_tex(const Mixture& model, double tau) {
  if (model.responsibility() != Responsibility::softmax)
    return "r(x)=\\mathrm{argmin}_{p}(p\\cdot d(x)+\\tau\\,\\Omega(p))";
  const std::string over = tau == 1 ? "" : "/\\tau";
  return "r_j(x)=e^{-d_j" + over + "}/\\sum_k e^{-d_k" + over + "}";
}

std::string soft_minimum_tex(const Mixture& model, double tau) {
  if (model.responsibility() != Responsibility::softmax) return "\\min_{p}(p\\cdot d(x)+\\tau\\,\\Omega(p))";
  return tau == 1 ? "-\\log\\sum_j e^{-d_j(x)}" : "-\\tau\\log\\sum_j e^{-d_j(x)/\\tau}";
}

std::string loss_tex(const MixtureOptions& options) {
  if (options.objective == Objective::correntropy)
    return "J=\\frac{1}{N}\\sum_{ij}\\left(1-e^{-\\rho_{ij}^2/2s^2}\\right)";
  if (options.objective == Objective::sigmoid)
    return "J=\\frac{1}{N}\\sum_{ij}\\log\\left(1+e^{d_{ij}-m}\\right)";
  if (options.responsibility == Responsibility::softmax)
    return "J=-\\frac{1}{N}\\sum_i\\tau\\log\\sum_j e^{-d_{ij}/\\tau}";
  return "J=\\frac{1}{N}\\sum_i\\min_{p}\\left(p\\cdot d_i+\\tau\\,\\Omega(p)\\right)";
}

std::string mixture_energy_tex(const Config& config) {
  const EnergyType& energy = *find_energy(config.text("model.energy"));
  std::string tex = "d_j(x)=" + kernel_tex(energy);
  const bool competes = config.text("model.objective") == "log_sum_exp";
  if (competes && (!config.flag("model.volume_term") || energy.on_circle))
    tex += "-\\log\\pi_j";
  else if (competes)
    tex += energy.mass.empty() ? "-\\log|W_j|+C-\\log\\pi_j"
                               : "-\\log|W_j|-\\log\\frac{\\pi_j}{" + energy.mass + "}";
  return tex + letters_of_kernel(tex);
}

std::string mixture_objective_tex(const Config& config) {
  MixtureOptions options;
  options.objective = choice_of<Objective>(config, "model.objective", objective_names());
  options.responsibility = choice_of<Responsibility>(config, "model.responsibility", responsibility_names());
  return loss_tex(options);
}

std::string mixture_rule_tex(const Config& config) {
  const std::string& rule = config.text("optimizer.method");
  const MeanStep step = mean_step(config);
  const std::string by_means = !learns(config, "means") ? ""
                               : rule == "em"           ? em_tex(step)
                               : rule == "gd_to_em"     ? gd_to_em_tex(step)
                               : rule == "natural"
                                   ? "\\Delta\\mu_j=\\eta\\,\\frac{\\pi_j^{\\mathrm{EM}}}{\\pi_j'}"
                                     "(\\mu_j^{\\mathrm{EM}}-\\mu_j),\\quad\\pi_j'="
                                     "(1-\\eta)\\pi_j+\\eta\\pi_j^{\\mathrm{EM}}"
                                   : "";
  if (!by_means.empty()) return by_means;
  if (rule == "em" || rule == "gd_to_em" || rule == "natural") {
    // No mean is learned: the formula shown is that of the weights.
    if (!learns(config, "weights") || step == MeanStep::none) return "";
    if (rule == "em") return "\\pi_j\\leftarrow\\frac{N_j}{N}";
    if (rule == "natural") return "\\pi_j\\leftarrow(1-\\eta)\\,\\pi_j+\\eta\\,\\frac{N_j}{N}";
    return "";
  }
  if (rule != "gd" || !learns(config, "means"))
    return with_decay(find_optimizer(rule)->formula, config, "\\theta");
  return with_decay("\\Delta\\mu_j=-\\eta\\,\\frac{\\partial J}{\\partial\\mu_j}", config, "\\mu_j");
}

}  // namespace iem
