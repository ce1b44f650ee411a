// Responsibilities as gradients of a convex function of the energies (Blondel, Martins & Niculae 2020): for
// one row
//   p = argmax over the simplex of -p.d/tau - Omega(p),
//   L = tau max (-p.d/tau - Omega(p)),   dL/dd_j = -p_j.
// Omega = sum p log p is the softmax and L its log-sum-exp; 1/2 sum (p^2 - p) is sparsemax (Martins &
// Astudillo 2016); 4/3 sum (p^1.5 - p) is entmax-1.5 (Peters, Niculae & Martins 2019). The latter two give
// exact zeros.
//
// These are the plain scalar forms, exact by sorting: for fields, figures and checks. The hot pass has its
// own (kernel/weigh.h), and a test compares them.
#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/math/dual.h"

namespace iem {

enum class Responsibility : std::uint8_t { softmax, sparsemax, entmax15 };
const std::vector<std::string>& responsibility_names();  // in the order of the enum

// L; fills r (same length as d), which sums to 1. tau > 0, d not empty. The minimum is subtracted before
// dividing by tau: energies of +-1e300 and tau = 1e-9 stay finite.
double log_partition(Responsibility rule, std::span<const double> d, double tau, std::span<double> r);

// L alone, for numbers that carry a derivative along: by complex step or by automatic differentiation.
std::complex<double> log_partition(Responsibility rule, std::span<const std::complex<double>> d, double tau);
Dual log_partition(Responsibility rule, std::span<const Dual> d, double tau);

// dL/dd_j for every j (out as long as d) by complex step (Squire & Trapp 1998), an independent computation of
// -r_j.
void log_partition_derivatives(Responsibility rule, std::span<const double> d, double tau,
                               std::span<double> out);

}  // namespace iem
