#include "core/labs/kit/rule_formula.h"

#include "core/optimize/optimizer.h"

namespace iem {

std::string with_decay(std::string tex, const Config& config, const std::string& parameter) {
  const OptimizerType& rule = *find_optimizer(config.text("optimizer.method"));
  if (!reads(rule, "optimizer.weight_decay") || rule.decay_in_formula ||
      config.real("optimizer.weight_decay") == 0)
    return tex;
  bool found = false;
  for (const char* loss : {"J", "J_B"}) {
    const std::string gradient = "\\frac{\\partial " + std::string(loss) + "}{\\partial" + parameter + "}";
    const std::string pulled = "\\left(" + gradient + "+\\omega" + parameter + "\\right)";
    for (std::size_t at = tex.find(gradient); at != std::string::npos;
         at = tex.find(gradient, at + pulled.size())) {
      tex.replace(at, gradient.size(), pulled);
      found = true;
    }
  }
  return found ? tex : tex + ",\\quad g=\\frac{\\partial J}{\\partial\\theta}+\\omega\\theta";
}

}  // namespace iem
