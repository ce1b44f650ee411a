#include "core/labs/attention/figures/formulas.h"

namespace iem {
namespace {

std::string unless_one(double tau, const char* tex) { return tau == 1 ? "" : tex; }

}  // namespace

std::string attention_formula(double tau) {
  return "\\mathrm{softmax}_j\\frac{q_i\\cdot k_j}{" + unless_one(tau, "\\tau") + "\\sqrt{d_k}}";
}

std::string routing_law_formula(double tau) {
  return unless_one(tau, "\\frac{1}{\\tau}") + "\\alpha_{ij}(b_{ij}-\\mathrm{E}_i[b])";
}

std::string retrieval_energy_formula(double tau) {
  return "\\frac{1}{2}\\|q\\|^2-" + unless_one(tau, "\\tau") + "\\sqrt{d_k}\\log\\sum_j e^{q\\cdot k_j/" +
         (tau == 1 ? "\\sqrt{d_k}" : "(\\tau\\sqrt{d_k})") + "}";
}

// Scores cannot move freely: they share queries and keys, and raising one may lower another.
std::string usefulness_words() {
  return "positive where descent would raise the score if it were free; scores share queries and keys, so "
         "that the next step may take it the other way.";
}

std::string gauge_words() {
  return "Bars: usefulness $\\mathrm{E}[b] - b$, filled where the score would rise if it were free; blue "
         "arrows: "
         "what the next step, of queries and keys that scores share, does to it. Competition is on "
         "usefulness, "
         "not on proximity.";
}

std::string pass_words() {
  return "a pass is an E-step, the attention of $q$, and an M-step, the mean of the keys under it";
}

}  // namespace iem
