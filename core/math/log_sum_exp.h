// The identity the program is about, in its plainest form (math.md section 0): for one row of energies,
//   L = tau log sum_j exp(-d_j/tau),  r_j = exp(-d_j/tau) / sum_k exp(-d_k/tau),  dL/dd_j = -r_j.
// The minimum is subtracted before dividing by tau, so that energies of +-1e300 and tau = 1e-9 stay finite.
// The term of the minimum is exactly 1; it is left out of the sum and the logarithm is log1p(rest), because
// when one component has nearly everything 1 + rest would round the rest away.
#pragma once

#include <complex>
#include <span>

namespace iem {

// L; fills r (same length as d) with responsibilities summing to 1. tau > 0, d not empty.
double log_sum_exp(std::span<const double> d, double tau, std::span<double> r);

// The same r without L, whose logarithm costs as much as an energy; whether L is finite.
bool softmax(std::span<const double> d, double tau, std::span<double> r);

// L for complex energies: the scalar function alone, without any softmax. dL/dd_j = Im L(d + i h e_j) / h
// without cancellation (complex step; Squire & Trapp 1998), an independent computation of the same
// derivative.
std::complex<double> log_sum_exp(std::span<const std::complex<double>> d, double tau);

// That derivative for every j (out as long as d): the terms of the energies that do not step are taken once.
void log_sum_exp_derivatives(std::span<const double> d, double tau, std::span<double> out);

// Whether a step h in proportion to tau has all its digits; below some 2e-158 it underflows, and so do they.
bool energies_can_step(double tau);

}  // namespace iem
