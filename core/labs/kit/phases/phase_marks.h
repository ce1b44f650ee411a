// The marks and formulas of the phases that are common to labs with a softmax. Lines from the point become
// bars, the bars stack to Z, the stack fills the ring, and the bars change their sign. All lengths are
// relative to Z, so that a share of 1 has the same length in every phase.
#pragma once

#include <vector>

#include "core/labs/kit/phases/microscope.h"

namespace iem {

void show_distances(Microscope& scope, double part);
void show_exponentials(Microscope& scope, double part);
void show_normaliser(Microscope& scope, double part);
void show_responsibilities(Microscope& scope, double part);
void show_gradient(Microscope& scope, double part);

// Draws the transition between two sets of bars and of the ring around the point; rings whose weights do not
// sum to 1 are left out.
struct BarsAndRing {
  std::vector<double> bars, ring;
};
void show_change(Microscope& scope, const BarsAndRing& from, const BarsAndRing& to, double part);

// --- as they are written ---

// e^{-d/tau} = weight; over the least energy where it is `shifted`.
struct Exponent {
  double tau = 1;
  bool shifted = false;
  double least = 0;
};
FormulaLine written_exponential(double d, const Exponent& exponent, double weight);
// w_1 + w_2 + ... = z; of many terms only the first and the last are written.
FormulaLine written_sum(const std::vector<double>& terms, double sum);
// |(x, y)| = length.
FormulaLine written_length(double x, double y);
// "symbol_j = value", one a component.
std::vector<FormulaLine> written_values(const std::string& symbol, const std::vector<double>& values);
// "r_2" for "r" and j = 1; "|v_2|" for "|v_#|".
std::string with_index(const std::string& symbol, std::size_t j);

// The update phase of components that are pairs of entries of theta, from its first entry on: the distance
// each moves.
Phase update_of_pairs(const Snapshot& snapshot, int components, std::string symbol);

// Completes the four phases of a softmax with their formula lines and marks.
void complete_softmax(const std::vector<double>& d, const Exponent& exponent, Phase& exponentials,
                      Phase& normaliser, Phase& shares, Phase& gradient);

}  // namespace iem
