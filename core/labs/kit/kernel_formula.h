// The kernel of a prototype's energy as panels show it.
#pragma once

#include <string>

#include "core/energy/energy.h"

namespace iem {

// The kernel as TeX, with the distance written out where it occurs only once.
inline std::string kernel_tex(const EnergyType& energy) {
  std::string kernel = energy.formula;
  const std::size_t at = kernel.find("\\rho");
  if (at != std::string::npos && kernel.find("\\rho", at + 1) == std::string::npos)
    kernel.replace(at, 4, "\\|W_j(x-\\mu_j)\\|");
  return kernel;
}

// The meaning of those letters of the kernel that were not replaced; empty where there are none.
inline std::string letters_of_kernel(const std::string& tex) {
  if (tex.find("\\rho") != std::string::npos) return ",\\quad\\rho=\\|W_j(x-\\mu_j)\\|";
  if (tex.find("u_0") != std::string::npos) return ",\\quad u=W_j(x-\\mu_j)";
  return "";
}

}  // namespace iem
