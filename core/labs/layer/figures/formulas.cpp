#include "core/labs/layer/figures/formulas.h"

#include <algorithm>

#include "core/base/number.h"
#include "core/labs/kit/rule_formula.h"
#include "core/labs/layer/model/keys.h"
#include "core/optimize/optimizer.h"

namespace iem {
std::string line_distance_tex(LineDistance distance, const std::string& z) {
  switch (distance) {
    case LineDistance::abs: return "|" + z + "|";
    case LineDistance::square: return "\\frac{1}{2}" + z + "^2";
    case LineDistance::relu: return "\\max(0," + z + ")";
    case LineDistance::softplus: break;
  }
  return "\\log(1+e^{" + z + "})";
}

std::string layer_distance_tex(const Config& config) {
  return "z=Wx+b,\\quad d_j=" + line_distance_tex(distance_in(config), "z_j");
}

std::string layer_objective_tex(const Config& config) {
  std::string out;
  const auto add = [&](const char* key, const char* symbol, const std::string& term, bool falls) {
    const double weight = config.real(key);
    if (weight == 0) return;
    out += falls ? "-" : out.empty() ? "" : "+";
    if (weight != 1) out += symbol + std::string(term[0] == '\\' ? "" : " ");  // \rhoJ would be a command
    out += term;
  };
  add("model.lse_weight", "\\alpha", "\\overline{L}", true);
  add("model.variance_weight", "\\beta", "\\sum_j\\log V_j", true);
  add("model.decorrelation_weight", "\\gamma", "\\|R-I\\|^2", false);
  add("model.orthogonality_weight", "\\delta", "\\|\\hat{W}\\hat{W}^\\top-I\\|^2", false);
  if (config.flag("model.readout")) add("model.readout_weight", "\\rho", "J_{\\mathrm{ce}}", false);
  return "J=" + (out.empty() ? "0" : out);
}

std::string layer_rule_tex(const Config& config) {
  return with_decay(find_optimizer(config.text("optimizer.method"))->formula, config, "\\theta");
}

std::string layer_terms_words(const LayerOptions& o) {
  std::string out;
  const auto weight = [&](const char* symbol, double value) {
    if (value != 0 && value != 1) out += " $" + std::string(symbol) + "=" + number_tex(value) + "$.";
  };
  weight("\\alpha", o.lse_weight);
  weight("\\beta", o.variance_weight);
  weight("\\gamma", o.decorrelation_weight);
  weight("\\delta", o.orthogonality_weight);
  weight("\\rho", o.readout_weight);
  if (o.lse_weight != 0)
    out += " $\\overline{L}$: the mean over points of $L_i=\\tau\\log\\sum_je^{-d_{ij}/\\tau}$.";
  if (o.variance_weight != 0) out += " $V_j$: the variance of $d_j$ over the points, plus $10^{-6}$.";
  if (o.decorrelation_weight != 0) out += " $R$: the correlations of the distances.";
  if (o.orthogonality_weight != 0) out += " $\\hat{W}$: the rows of $W$ at length 1.";
  if (o.has_readout())
    out += o.calibrate ? " $J_{\\mathrm{ce}}$: the mean cross-entropy of $p=\\mathrm{softmax}(W_2t+b_2)$ "
                         "with $e^{-t_j/\\tau}=r_j$."
                       : " $J_{\\mathrm{ce}}$: the mean cross-entropy of $p=\\mathrm{softmax}(W_2d+b_2)$.";
  if (o.has_readout())
    out += " The lines get weighted gradients through the read-out: here the reading as EM ends.";
  return out;
}

std::string layer_exponential_tex(double tau, const std::string& j) {
  return tau == 1 ? "e^{-d_{" + j + "}}" : "e^{-d_{" + j + "}/\\tau}";
}

}  // namespace iem
