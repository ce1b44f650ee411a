#include "core/labs/activation/figures/formulas.h"

#include <cmath>

#include "core/energy/line_kernel.h"
#include "core/labs/kit/rule_formula.h"
#include "core/optimize/optimizer.h"

namespace iem {
namespace {

// The properties of a configuration that decide how an update is written.
struct PlacesInWords {
  bool sign;
  bool widths;  // of prototypes: each has a width of its own
  const LineKernel& kernel;

  std::string mu() const { return sign ? "m" : "\\mu_h"; }
  std::string gradient() const {
    return sign ? "\\frac{\\partial J}{\\partial m}" : "\\frac{\\partial J}{\\partial\\mu_h}";
  }
  std::string place() const { return sign ? "s\\,m" : "\\mu_h"; }
  std::string sigma() const { return widths ? "\\sigma_h" : "\\sigma"; }
  bool gaussian() const { return kernel.id == "gaussian"; }
  // The total weight of the points: N_h for prototypes, N for signs, since every point counts for both signs.
  std::string pulling() const {
    if (gaussian()) return sign ? "N" : "N_h";
    return sign ? "\\sum_{is}r_s w_s" : "\\sum_i r_h w_h";
  }
};

const char* const kWeight = ",\\quad w=\\frac{k'(u)}{u}";

PlacesInWords places_of(const Config& config) {
  return {config.text("model.hypotheses") == "sign", !config.tensor("model.widths").data.empty(),
          *find_line_kernel(config.text("model.energy"))};
}

// The places after a step of EM: means, weighted means or medians.
std::string m_step(const PlacesInWords& at) {
  if (at.sign && at.gaussian())
    return "m\\leftarrow\\frac{1}{N}\\sum_i(r_+-r_-)\\,z_i=\\frac{1}{N}\\sum_i a(z_i)\\,z_i";
  if (at.kernel.em == MStep::medians)
    return at.sign ? "m\\leftarrow\\mathrm{median}_{r_s}(s\\,z_i)"
                   : "\\mu_h\\leftarrow\\mathrm{median}_{r_h}(z_i)";
  const std::string weight = at.gaussian() ? "" : at.sign ? "w_s" : "w_h";
  const std::string tail = at.gaussian() ? "" : kWeight;
  if (at.sign)
    return "m\\leftarrow\\frac{\\sum_{is}r_s" + weight + "\\,s z_i}{\\sum_{is}r_s" + weight + "}" + tail;
  return "\\mu_h\\leftarrow\\frac{\\sum_i r_h" + weight + "\\,z_i}{\\sum_i r_h" + weight + "}" + tail;
}

// The step of EM is a multiple of the gradient wherever the M-step is a weighted mean; a median's is not.
std::string gd_to_em(const PlacesInWords& at) {
  if (at.kernel.em == MStep::medians)
    return "\\Delta " + at.mu() + "=-(1-\\lambda)\\,\\eta\\," + at.gradient() + "+\\lambda\\,(" + at.mu() +
           "^{\\mathrm{EM}}-" + at.mu() + ")";
  const std::string share = at.sign && at.gaussian() ? "" : "\\frac{N}{" + at.pulling() + "}";
  return "\\Delta " + at.mu() + "=-[(1-\\lambda)\\,\\eta+\\lambda\\," + share + at.sigma() + "^2]\\," +
         at.gradient() + (at.gaussian() ? "" : kWeight);
}

// Expectation parameters of signs are E[s z] = m, E[z^2] and E[s]; of prototypes pi_h and pi_h mu_h.
std::string natural(const PlacesInWords& at) {
  if (at.sign) return "m\\leftarrow(1-\\eta)\\,m+\\eta\\,m^{\\mathrm{EM}}";
  return "\\mu_h\\leftarrow(1-\\beta_h)\\,\\mu_h+\\beta_h\\,\\mu_h^{\\mathrm{EM}},\\quad "
         "\\beta_h=\\frac{\\eta\\,\\pi_h^{\\mathrm{EM}}}{(1-\\eta)\\,\\pi_h+\\eta\\,\\pi_h^{\\mathrm{EM}}}";
}

}  // namespace

bool are_densities(const Config& config) {
  if (config.text("model.hypotheses") == "gate" || !config.flag("model.volume_term")) return false;
  const LineKernel& kernel = *find_line_kernel(config.text("model.energy"));
  return std::isfinite(kernel.constant(kernel.shape(config).data()));
}

std::string hypotheses_formula(const Config& config) {
  const std::string& kind = config.text("model.hypotheses");
  const bool gaussian = config.text("model.energy") == "gaussian";
  if (kind == "gate")
    return gaussian ? "h\\in\\{0,1\\},\\quad P(h=1)=\\Phi(z)"
                    : "h\\in\\{0,1\\},\\quad\\log\\frac{P(1)}{P(0)}=z";
  const PlacesInWords at = places_of(config);
  const std::string letter = at.sign ? "s" : "h",
                    which = at.sign ? "s\\in\\{+1,-1\\}" : "h\\in\\{1,\\ldots,K\\}";
  if (!are_densities(config)) return which + ",\\quad d_" + letter + "=k(u)-\\log\\pi_" + letter;
  return which + ",\\quad z\\mid " + letter + "\\sim " +
         (gaussian ? "\\mathcal{N}(" + at.place() + "," + at.sigma() + "^2)" : "p\\,(z-" + at.place() + ")");
}

std::string kernel_formula(const Config& config) {
  if (config.text("model.hypotheses") == "gate") return {};
  const PlacesInWords at = places_of(config);
  return "u=\\frac{z-" + at.place() + "}{" + at.sigma() + "},\\quad k(u)=" + at.kernel.formula;
}

std::string hypothesis_letter(const Hypotheses& h) { return h.kind == HypothesisKind::sign ? "s" : "h"; }

std::string says_formula(const Hypotheses& h) {
  if (h.kind == HypothesisKind::sign) return "s";
  if (h.kind == HypothesisKind::gate) return "h";
  return h.g == h.mu ? "\\mu_h" : "g_h";
}

std::string statistic_formula(const Hypotheses& h, Statistic statistic) {
  const std::string letter = hypothesis_letter(h), g = says_formula(h), r = "r_" + letter + "(z)";
  const std::string tau = h.tau == 1 ? "" : "\\tau", over_tau = h.tau == 1 ? "" : "/\\tau";
  switch (statistic) {
    case Statistic::mean: return "\\sum_" + letter + " " + r + "\\," + g;
    case Statistic::gated_mean: return "z\\sum_" + letter + " " + r + "\\," + g;
    case Statistic::mode:
      return "g(" + letter + "^*),\\quad " + letter + "^*=\\mathrm{argmin}_" + letter + "\\,d_" + letter +
             "(z)";
    case Statistic::variance: return "\\sum_" + letter + " " + r + "\\,(" + g + "-\\mathrm{E}[g\\mid z])^2";
    case Statistic::entropy: return "-\\sum_" + letter + " " + r + "\\log " + r;
    case Statistic::log_partition:
      return tau + "\\log\\sum_" + letter + " e^{-d_" + letter + "(z)" + over_tau + "}";
  }
  return {};
}

std::string line_rule_formula(const Config& config) {
  const std::string& method = config.text("optimizer.method");
  if (config.text("model.hypotheses") == "gate") return {};
  const PlacesInWords at = places_of(config);
  if (method == "em") return m_step(at);
  if (method == "gd_to_em") return gd_to_em(at);
  if (method == "natural") return natural(at);
  if (method == "gd")
    return with_decay("\\Delta " + at.mu() + "=-\\eta\\," + at.gradient(), config, at.sign ? " m" : "\\mu_h");
  if (method == "hard_em" && at.sign) return "r_{is}\\leftarrow[\\,s=\\mathrm{argmin}_t\\,d_{it}\\,]";
  return with_decay(find_optimizer(method)->formula, config, "\\theta");
}

}  // namespace iem
