// The formulas of the attention lab, as TeX; the temperature stands in them unless it is 1.
// tests/core/labs/attention/formulas_test.cpp evaluates them.
#pragma once

#include <string>

namespace iem {

// The formula of \alpha_{ij}: \mathrm{softmax}_j ...
std::string attention_formula(double tau);

// dJ/ds_ij as the routing law has it.
std::string routing_law_formula(double tau);

// The energy E(q) of the keys, which repeated retrieval from them descends.
std::string retrieval_energy_formula(double tau);

// Sentences for captions: the meaning of usefulness, of the bars beside keys, and of a pass of retrieval.
std::string usefulness_words();
std::string gauge_words();
std::string pass_words();

}  // namespace iem
