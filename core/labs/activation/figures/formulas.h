// The formulas of the activation lab, as TeX: what hypotheses, statistics and learning rules compute, each
// with the conditions under which it is shown. tests/core/labs/activation/formulas_test.cpp evaluates them.
#pragma once

#include <string>

#include "core/config/config.h"
#include "core/labs/activation/model/hypotheses.h"

namespace iem {

// The model of the hypotheses for the control panel: a gate's odds or probability, the density of z under a
// sign or prototype, or the energies where these have no density.
std::string hypotheses_formula(const Config& config);

// Whether the energies are minus logarithms of densities: the kernel has a density and the volume term is on.
bool are_densities(const Config& config);

// The kernel and its argument; empty for gates.
std::string kernel_formula(const Config& config);

// The letter of a hypothesis ("s" for signs), and the formula of its value: s, h, \mu_h or g_h.
std::string hypothesis_letter(const Hypotheses& hypotheses);
std::string says_formula(const Hypotheses& hypotheses);

// The formula of a statistic of the posterior: \sum_s r_s(z)\,s. Only means have this form.
std::string statistic_formula(const Hypotheses& hypotheses, Statistic statistic);

// The update of the places by the learning rule: m of signs, \mu_h of prototypes.
std::string line_rule_formula(const Config& config);

}  // namespace iem
