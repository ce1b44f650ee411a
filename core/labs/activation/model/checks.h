// The identities of the activation lab: lse_gradient, row_sums, fisher, monotone_em on the points, and on the
// curve activation_closed_form and activation_derivative.
#pragma once

#include "core/check/check.h"
#include "core/labs/activation/model/hypotheses.h"

namespace iem {

const std::vector<IdentityCheck>& activation_checks();

// The activation as a closed formula in z, without log-sum-exp or responsibilities, in extended precision:
// the table of math.md section 4 for signs (any prior and temperature), sigmoid, SiLU, softplus, Phi and GELU
// for gates, and the mean of gaussian prototypes. NaN where there is no formula.
long double closed_form(const Hypotheses& hypotheses, Statistic statistic, double z);

}  // namespace iem
