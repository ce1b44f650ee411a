// The formulas of the attention lab, as TeX; the temperature stands in them unless it is 1.
// tests/core/labs/attention/formulas_test.cpp evaluates them.
#pragma once

#include <string>

namespace iem {

// What \alpha_{ij} is: \mathrm{softmax}_j ...
std::string attention_formula(double tau);

// dJ/ds_ij as the routing law has it.
std::string routing_law_formula(double tau);

// The energy of the keys that reading them again and again descends, a function of q.
std::string retrieval_energy_formula(double tau);

// In captions: what usefulness says of a score, what the bars beside keys are, what a pass of reading is.
std::string usefulness_words();
std::string gauge_words();
std::string pass_words();

}  // namespace iem
