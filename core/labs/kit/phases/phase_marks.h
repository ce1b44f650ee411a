// What the phases show that labs have in common whose responsibilities are a softmax, and how their numbers
// are written. Lines from the point become bars, the bars stack to Z, the stack fills the ring, and the bars
// turn their sign. A share of 1 is as long in all of them: exp(-d_j) over Z.
#pragma once

#include <vector>

#include "core/labs/kit/phases/microscope.h"

namespace iem {

void show_distances(Microscope& scope, double part);
void show_exponentials(Microscope& scope, double part);
void show_normaliser(Microscope& scope, double part);
void show_responsibilities(Microscope& scope, double part);
void show_gradient(Microscope& scope, double part);

// Bars from some lengths to others, with a ring about the point from the one to the other; rings whose
// weights do not sum to 1 are left out.
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
// w_1 + w_2 + ... = z; of many terms the first and the last.
FormulaLine written_sum(const std::vector<double>& terms, double sum);
// |(x, y)| = length.
FormulaLine written_length(double x, double y);
// "symbol_j = value", one a component.
std::vector<FormulaLine> written_values(const std::string& symbol, const std::vector<double>& values);
// "r_2" for "r" and j = 1; "|v_2|" for "|v_#|".
std::string with_index(const std::string& symbol, std::size_t j);

// The update of components that are pairs, the first two entries of theta component 0: how far each goes.
Phase update_of_pairs(const Snapshot& snapshot, int components, std::string symbol);

// The four of a softmax: lines for each, and what they show.
void complete_softmax(const std::vector<double>& d, const Exponent& exponent, Phase& exponentials,
                      Phase& normaliser, Phase& shares, Phase& gradient);

}  // namespace iem
