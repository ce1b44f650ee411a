#include "core/labs/activation/model/named_functions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/libm.h"
#include "core/math/sigmoid.h"

namespace iem {
const std::vector<NamedFunction>& named_functions() {
  static const std::vector<NamedFunction> all = {
      {"tanh", "tanh", "\\tanh z", [](double z) { return libm::tanh(z); }},
      {"soft_sign", "soft-sign", "\\frac{z}{1+|z|}", [](double z) { return z / (1 + std::abs(z)); }},
      {"hard_tanh", "hard tanh", "\\max(-1,\\min(1,z))", [](double z) { return std::clamp(z, -1.0, 1.0); }},
      {"sigmoid", "sigmoid", "\\frac{1}{1+e^{-z}}", sigmoid},
      {"silu", "SiLU", "\\frac{z}{1+e^{-z}}", [](double z) { return z * sigmoid(z); }},
      {"gelu", "GELU", "z\\,\\Phi(z)",
       [](double z) { return 0.5 * z * libm::erfc(-z / std::numbers::sqrt2); }},
      {"softplus", "softplus", "\\log(1+e^z)",
       [](double z) { return std::max(z, 0.0) + libm::log1p(libm::exp(-std::abs(z))); }},
      {"relu", "ReLU", "\\max(0,z)", [](double z) { return std::max(z, 0.0); }},
      {"erf", "erf", "\\mathrm{erf}\\,z", [](double z) { return libm::erf(z); }},
      {"arctan", "arctan", "\\arctan z", [](double z) { return libm::atan(z); }},
  };
  return all;
}

const NamedFunction* find_named_function(const std::string& id) {
  const auto found = std::ranges::find(named_functions(), id, &NamedFunction::id);
  return found == named_functions().end() ? nullptr : &*found;
}

}  // namespace iem
