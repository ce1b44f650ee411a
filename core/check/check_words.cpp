#include "core/check/check_words.h"

#include <algorithm>
#include <array>

namespace iem {
namespace {

constexpr std::array kWords = std::to_array<CheckWords>({
    {"lse_gradient", "activation", "\\partial L/\\partial d_h=-r_h",
     "The level falls by a hypothesis' share as its energy rises.",
     "The left side by a complex step through the sum of exponentials, which knows no shares."},
    {"lse_gradient", "", "\\partial L_i/\\partial d_{ij}=-r_{ij}",
     "A point's level falls by a component's share as that component's energy rises.",
     "The left side by a complex step through the sum of exponentials, which knows no shares."},
    {"row_sums", "activation", "\\sum_h r_h=1", "The hypotheses share out every input, and nothing is left.",
     "The shares that are shown, added up."},
    {"row_sums", "", "\\sum_j r_{ij}=1", "The components share out every point, and nothing is left.",
     "The shares that are shown, added up."},
    {"fenchel_young", "", "\\partial L_\\Omega/\\partial d_j=-p_j",
     "Any smoothed minimum has shares for its slopes, not log-sum-exp alone.",
     "The left side by a complex step through the smoothed minimum; the right side are the shares in use."},
    {"fisher", "activation",
     "\\frac{\\partial J}{\\partial\\theta}=\\frac{1}{N}\\sum_{i,h}r_{ih}\\,\\frac{\\partial "
     "d_{ih}}{\\partial\\theta}",
     "The slope of J is the slope of EM's expected energy with the shares held still: Fisher's identity.",
     "The right side is the gradient the rule follows; the left side J differentiated automatically from its "
     "definition."},
    {"fisher", "",
     "\\frac{\\partial J}{\\partial\\theta}=\\frac{1}{N}\\sum_{i,j}r_{ij}\\,\\frac{\\partial "
     "d_{ij}}{\\partial\\theta}",
     "The slope of J is the slope of EM's expected energy with the shares held still: Fisher's identity.",
     "The right side is the gradient the rule follows; the left side J differentiated automatically from its "
     "definition."},
    {"monotone_em", "", "J(\\theta^{\\mathrm{EM}})\\le J(\\theta)", "A step of EM never raises J.",
     "One step from here at temperature 1 without regularisation, J before and after; the error is the "
     "rise."},
    {"em_is_preconditioned_gradient", "",
     "\\mu_j^{\\mathrm{EM}}-\\mu_j=\\frac{N}{N_j}\\,\\Sigma_j\\left(-\\frac{\\partial "
     "J}{\\partial\\mu_j}\\right)",
     "EM moves a mean along the gradient, times the component's covariance over its share of the points.",
     "The left side as a weighted mean in extended precision; the right side from the gradient the rule "
     "follows."},
    {"mirror_descent", "", "J-J^{\\mathrm{EM}}\\ge\\mathrm{KL}(p^{\\mathrm{EM}}\\,\\|\\,p)",
     "EM is mirror descent: a step lowers J by at least the divergence of the two models it leads between.",
     "One step from here at temperature 1; the divergence in closed form; the error is what is missing."},
    {"activation_closed_form", "", "\\sum_h r_h\\,g(h)=a(z)",
     "The posterior mean is the activation by its known formula.",
     "The left side from the shares at each sample of the curve; the right side by the formula in extended "
     "precision."},
    {"activation_derivative", "", "a'=\\mathrm{Cov}_r(g,-d')/\\tau",
     "The slope of a posterior mean is a covariance: for signs their variance times the rate of evidence.",
     "The right side (or its like, for other statistics) from the shares; the left side by automatic "
     "differentiation."},
    {"routing_law", "", "\\partial J/\\partial s_{ij}=\\alpha_{ij}\\,(b_{ij}-\\mathrm{E}_i[b])/\\tau",
     "A score rises where its value helps less than the average of what is read.",
     "The left side by a complex step in each score; the right side from attention and benefits."},
    {"value_law", "", "\\partial J/\\partial v_j=\\sum_i\\alpha_{ij}\\,u_i",
     "A value is pulled by the errors of all queries, each by how much it reads of it.",
     "The left side by a complex step in each coordinate; the right side as a weighted sum of errors."},
    {"score_zero_sum", "", "\\sum_j\\partial J/\\partial s_{ij}=0",
     "What one score gains the others lose: only differences count.", "The law's own slopes, added up."},
    {"attention_gradient", "",
     "\\frac{\\partial J}{\\partial\\theta}=\\sum_{i,j}\\frac{\\partial J}{\\partial "
     "s_{ij}}\\frac{\\partial s_{ij}}{\\partial\\theta}+\\sum_j\\frac{\\partial J}{\\partial "
     "v_j}\\frac{\\partial v_j}{\\partial\\theta}",
     "All that scores and values learn from follows from the two laws; the output map has its own slope.",
     "The gradient the rule follows, against the chain rule with the whole matrix in memory."},
    {"retrieval_slope", "", "\\frac{\\partial q^*}{\\partial k_j}",
     "How the place where a retrieval comes to rest moves with a key: one solve there is the slope of all "
     "its "
     "passes.",
     "The solve at the fixed point, against differentiation through 400 passes."},
    {"clamped_minus_free", "", "N\\,\\partial J/\\partial d_{ij}=r^\\star_{ij}-\\kappa\\,r_{ij}",
     "An energy is pushed by the share with the label minus the share without it.",
     "The left side by automatic differentiation of J's definition; the right side from the shares."},
    {"clamped_gradient", "",
     "\\frac{\\partial J}{\\partial\\theta}=\\frac{1}{N}\\sum_{i,j}(r^\\star_{ij}-\\kappa\\,r_{ij})\\,"
     "\\frac{\\partial d_{ij}}{\\partial\\theta}",
     "The slope of cross-entropy is the difference of two expectations: with the label, and without.",
     "The right side is the gradient the rule follows; the left side J differentiated automatically from its "
     "definition."},
    {"expert_pull", "", "N\\,\\partial J/\\partial c_{ih}=r^\\star_{ih}",
     "An expert's error counts by its share of the point once the answer is known.",
     "The left side by a complex step in each error; the right side are the shares."},
    {"bound_never_raises", "", "J(\\theta^{+})\\le J(\\theta)",
     "A step to the minimum of Boehning's quadratic bound never raises J.",
     "One step from here, J before and after; the error is the rise."},
    {"layer_gradient", "", "\\nabla_\\theta J=\\sum_k w_k\\,\\nabla_\\theta J_k",
     "The gradient of all terms together is what one pass in closed form gives.",
     "The gradient the rule follows, against automatic differentiation of the terms' definitions."},
    {"calibration_of_distances", "", "e^{-t_{ij}/\\tau}=r_{ij}",
     "A distance plus the point's level is minus the logarithm of a share.",
     "The left side from the distances step by step; the right side are the shares in use."},
    {"pull_is_responsibility", "", "N\\,\\partial J/\\partial d_{ij}=r_{ij}",
     "Where log-sum-exp is alone, units are pulled by nothing but their shares.",
     "The left side as the backward pass has it; the right side are the shares of the forward pass."},
    {"toy_gradient", "", "\\nabla_\\theta J", "The gradient of the closed form is that of J.",
     "The gradient the rule follows, against automatic differentiation of J's definition."},
    {"toy_objective", "", "J(\\theta)", "J as the steps use it is J by its definition.",
     "The fast form, against the definition written out."},
    {"flow_keeps", "", "\\nabla c\\cdot\\nabla J=0",
     "What gradient flow keeps has no slope along the way it goes.",
     "A central difference along the gradient, exact for what is of second degree."},
    {"steps_keep", "", "|c(\\theta_t)-c(\\theta_0)|\\le\\eta\\,C",
     "Steps of a finite rate move what flow keeps by no more than the rate times a constant.",
     "The change since the start, in parts of what is allowed."},
});

}  // namespace

const CheckWords* words_of_check(std::string_view id, std::string_view lab) {
  const auto is_of = [&](const CheckWords& words) {
    return words.id == id && (words.lab.empty() || words.lab == lab);
  };
  const auto* found = std::ranges::find_if(kWords, is_of);
  return found == kWords.end() ? nullptr : &*found;
}

}  // namespace iem
