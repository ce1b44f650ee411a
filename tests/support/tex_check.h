// Formulas held against each other and against the numbers beside them.
#pragma once

#include <string>
#include <vector>

#include "tests/support/tex_formula.h"

namespace iem {
struct FormulaPiece;
struct Figure;
}  // namespace iem

namespace iem::testing {

// A number in the middle of TeX, to the last bit.
std::string tex_of(double value);
// A line of pieces as one formula; empty where one of its numbers is not finite.
std::string tex_of(const std::vector<FormulaPiece>& line);

// Fails unless all sides of every equation are the same number, up to `tolerance` of the largest one (at
// least 1). Returns how many sides were held against another. Other relations are the caller's.
int expect_equations(const std::string& tex, const TexSymbols& symbols, const std::string& where,
                     double tolerance = 1e-9);
void expect_value(const std::string& tex, double value, const TexSymbols& symbols, const std::string& where,
                  double tolerance = 1e-9);

// The equations of a caption.
int expect_caption(const Figure& figure, const TexSymbols& symbols, const std::string& where,
                   double tolerance = 1e-9);

}  // namespace iem::testing
