// The formulas of the activation lab, as TeX: what hypotheses, statistics and learning rules compute, each
// with the conditions under which it is shown. tests/core/labs/activation/formulas_test.cpp evaluates them.
#pragma once

#include <string>

#include "core/config/config.h"
#include "core/labs/activation/model/hypotheses.h"

namespace iem {

// What the hypotheses are, for the control panel: a gate's odds or probability, where z lies under a sign, or
// the energies where they are no densities.
std::string hypotheses_formula(const Config& config);

// Energies are minus the logarithms of densities: there is one of the kernel, and the volume term is on.
bool are_densities(const Config& config);

// The kernel and what it is of; empty for gates.
std::string kernel_formula(const Config& config);

// The letter of a hypothesis, "s" of signs, and what it says: s, h, \mu_h or g_h.
std::string hypothesis_letter(const Hypotheses& hypotheses);
std::string says_formula(const Hypotheses& hypotheses);

// What a statistic is of the posterior: \sum_s r_s(z)\,s. Only means are of this form.
std::string statistic_formula(const Hypotheses& hypotheses, Statistic statistic);

// What a rule does to the places: m of signs, \mu_h of prototypes.
std::string line_rule_formula(const Config& config);

}  // namespace iem
