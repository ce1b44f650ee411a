#include "core/labs/classifier/figures/formulas.h"

#include "core/base/number.h"
#include "core/data/source.h"
#include "core/labs/classifier/figures/experts.h"
#include "core/labs/classifier/model/experts_keys.h"
#include "core/labs/classifier/model/keys.h"
#include "core/labs/kit/kernel_formula.h"
#include "core/labs/kit/rule_formula.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

bool cools(const Config& config) { return config.real("schedule.temperature_decay") != 1; }
bool at_one(const Config& config) { return config.real("model.temperature") == 1 && !cools(config); }
std::string power(const Config& config, const std::string& d) {
  return at_one(config) ? "e^{-" + d + "}" : "e^{-" + d + "/\\tau}";
}
std::string times_tau(const Config& config) { return at_one(config) ? "" : "\\tau\\,"; }

// The log-sum-exp of a point without its label, the background included.
std::string free_sum(const Config& config) {
  const bool open_world = config.flag("model.background");
  if (config.text("model.responsibility") != "softmax")
    return open_world ? "L_\\Omega(d_i,d_0)" : "L_\\Omega(d_i)";
  const std::string classes = "\\sum_k" + power(config, "d_{ik}");
  return times_tau(config) + "\\log" +
         (open_world ? "(" + classes + "+" + power(config, "d_0") + ")" : classes);
}

bool may_lack_labels(const Config& config) {
  return !has_linear_energy(config) && (config.real("data.labelled") < 1 || data_source(config).is_given);
}

}  // namespace

std::string energy_of_classes_tex(const Config& config) {
  if (has_experts(config)) return energy_of_experts_tex(config);
  if (has_linear_energy(config)) return "d_j(x)=-(w_j\\cdot x+b_j)";
  const EnergyType& energy = *find_energy(config.text("model.energy"));
  std::string out = "d_j(x)=" + kernel_tex(energy);
  const std::string letters = letters_of_kernel(out);
  if (has_sigmoids(config)) return out + letters;
  if (config.flag("model.volume_term") && !energy.on_circle) out += "-\\log|W_j|+C";
  return out + "-\\log\\pi_j" + letters;
}

std::string objective_of_classes_tex(const Config& config) {
  if (has_experts(config)) return objective_of_experts_tex(config);
  if (has_sigmoids(config))
    // Two sums instead of one bracket, which could not be broken in a narrow column.
    return "J=\\frac1N\\sum_i\\log(1+e^{d_{iy_i}-m})+\\frac1N\\sum_i\\sum_{j\\neq y_i}\\log(1+e^{m-d_{ij}})";
  const bool softmax = config.text("model.responsibility") == "softmax";
  const double kappa = has_linear_energy(config) ? 1 : config.real("model.discriminative");
  const bool doubts =
      softmax && (config.real("model.label_trust") != 1 || config.flag("model.learn_confusion"));
  const std::string free = free_sum(config);
  // With more than one kind of sum each has a letter (sums_of_classes_tex).
  const bool lettered = !sums_of_classes_tex(config).empty();
  const std::string own = doubts ? "-L^\\star_i" : "d_{iy_i}", sum = lettered ? "L_i" : free;
  std::string out = "J=\\frac1N\\sum_{y_i}\\left[" + own;
  if (kappa != 0) out += (kappa == 1 ? "+" : "+\\kappa\\,") + sum;
  out += "\\right]";
  if (may_lack_labels(config)) out += "-\\frac{\\lambda}{N}\\sum_{\\mathrm{no}\\,y_i}" + sum;
  return out;
}

std::string sums_of_classes_tex(const Config& config) {
  if (has_experts(config)) return sums_of_experts_tex(config);
  if (has_sigmoids(config)) return "";
  const bool softmax = config.text("model.responsibility") == "softmax";
  const bool doubts =
      softmax && (config.real("model.label_trust") != 1 || config.flag("model.learn_confusion"));
  if (!doubts && !may_lack_labels(config)) return "";
  std::string out = "L_i=" + free_sum(config);
  if (doubts)
    out += ",\\;L^\\star_i=" + times_tau(config) + "\\log\\sum_j e_j(y_i)\\," + power(config, "d_{ij}");
  return out;
}

std::string rule_of_classes_tex(const Config& config) {
  const std::string& rule = config.text("optimizer.method");
  if (rule == "em" && has_experts(config)) return em_of_experts_tex(config);
  // Experts have no moments that all of their parameters follow from: part of the way is gone in each of
  // them.
  if (rule == "natural" && has_experts(config))
    return "\\alpha_h\\leftarrow(1-\\eta)\\,\\alpha_h+\\eta\\,\\alpha_h^{\\mathrm{EM}}";
  // For energies whose M-step weights the points, the weighted means lower that sum but need not be its
  // minimum.
  const EnergyType* energy = find_energy(config.text("model.energy"));
  if (rule == "em" && energy && energy->id != "gaussian" && energy->em == MStep::moments)
    return "\\mu_j\\leftarrow\\frac{\\sum_ir^\\star_{ij}w_{ij}x_i}{\\sum_ir^\\star_{ij}w_{ij}},\\quad "
           "w_{ij}=k'(\\rho_{ij})/\\rho_{ij}";
  if (rule == "em") return "\\theta\\leftarrow\\arg\\min_\\theta\\sum_{ij}r^\\star_{ij}\\,d_{ij}(\\theta)";
  if (rule == "exponentiated")
    return "\\pi_j\\leftarrow\\frac{\\pi_j\\,e^{\\eta g_j}}{\\sum_k\\pi_k\\,e^{\\eta g_k}},\\quad "
           "g_j=-\\frac{1}{\\pi_j}\\frac{\\partial J}{\\partial\\ell_j}";
  return with_decay(find_optimizer(rule)->formula, config, "\\theta");
}

std::string residual_tex(const Classifier& model, bool has_label) {
  if (!has_label) return "\\lambda r_j";
  if (model.kappa() == 0) return "r^\\star_j";
  return model.kappa() == 1 ? "r^\\star_j-r_j" : "r^\\star_j-\\kappa r_j";
}

std::string sign_words(const Classifier& model) {
  const std::string residual = residual_tex(model, true);
  const std::string turned = model.kappa() == 0   ? "-r^\\star_j"
                             : model.kappa() == 1 ? "r_j-r^\\star_j"
                                                  : "\\kappa r_j-r^\\star_j";
  return "As a distance $\\partial J_i/\\partial d_j=" + residual +
         "$, positive: the energy falls; as a logit $s_j=-d_j$ the sign turns, $\\partial J_i/\\partial "
         "s_j=" +
         turned + "$.";
}

}  // namespace iem
