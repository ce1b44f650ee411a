// The mixture lab's formulas as TeX for one configuration: they follow its energy, covariance,
// responsibility, objective and rule. A test evaluates each of them
// (tests/core/labs/formula_values_test.cpp).
#pragma once

#include <string>

#include "core/config/config.h"
#include "core/mixture/mixture.h"

namespace iem {

// d_j(x) = ..., J = ..., and the update of a mean (or of another block, where means are not learned); empty
// where there is no one-line formula.
std::string mixture_energy_tex(const Config& config);
std::string mixture_objective_tex(const Config& config);
std::string mixture_rule_tex(const Config& config);

// r_j = e^{-d_j}/sum_k e^{-d_k}, or the argmin that defines a sparse one.
std::string share_tex(const Mixture& model, double tau);
// -L = -log sum_j e^{-d_j}, or the minimum.
std::string soft_minimum_tex(const Mixture& model, double tau);
// Omega(p) = ... of a sparse responsibility; empty: softmax.
std::string regulariser_tex(Responsibility rule, const std::string& p = "p");
// The loss over points of d_{ij}, as mixture_objective_tex.
std::string loss_tex(const MixtureOptions& options);
// e^{-d_j}, or with the temperature.
std::string exponential_tex(double tau);
// The same divided by the largest of them, with d_* the least energy: for numbers that would overflow or
// underflow.
std::string shifted_exponential_tex(double tau);

// The form an EM step of a mean has: for the gaussian energy -(N/N_j) Sigma_j dJ/dmu_j; for other radial ones
// N/sum_i r_ij w_ij in place of N/N_j; a weighted median; or none, which is where there is no EM.
enum class MeanStep : std::uint8_t { gaussian, reweighted, median, none };
MeanStep mean_step(const Mixture& model);
MeanStep mean_step(const Config& config);
// The factor that turns the gradient into the EM step, "\frac{N}{N_{j}}\Sigma_{j}"; empty for a median or no
// step. `j` is the letter or number of the component.
std::string preconditioner_tex(MeanStep step, const std::string& j);
// "w_{ij}=k'(\rho_{ij})/\rho_{ij}", needed where preconditioner_tex has w.
std::string weight_tex();

}  // namespace iem
