// A line of mathematics with numbers in it, and how it is written: r_2 = 0.02224/0.04354 = 0.5108.
//
// Every number has four significant digits; numbers before an equals sign have as many more as a calculator
// needs to arrive at the result behind the last one. A plain sum with a name, d_3 = 2.753 - 0.920 + 2.674,
// has one number of decimals for all its numbers, so that it keeps its width while the numbers change, and
// its terms are rounded so that they sum to the result as it is shown. So shown numbers add up and divide as
// shown. All code that draws or prints such a line uses these functions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/number.h"

namespace iem {

// A piece of a formula with numbers in it: TeX, or a number.
struct FormulaPiece {
  FormulaPiece(const char* tex_) : tex(tex_) {}
  FormulaPiece(std::string tex_) : tex(std::move(tex_)) {}
  FormulaPiece(double number_) : number(number_), is_number(true) {}
  std::string tex;  // "{=}", "{+}" and other signs are pieces of their own
  double number = 0;
  bool is_number = false;
};
using FormulaLine = std::vector<FormulaPiece>;

// A term-by-term reading of one number: d_3 = 2.753 - 0.9203 + 2.674 = 4.507.
struct NumberLine {
  int component = 0;
  std::vector<double> terms;
  double sum = 0;
};
FormulaLine number_formula(const NumberLine& numbers, const std::string& symbol);

// Each piece's number as it is shown; empty for pieces of TeX.
std::vector<ShownNumber> shown_numbers(const FormulaLine& line);

// The line as TeX, with its numbers as they are shown.
std::string formula_tex(const FormulaLine& line);

}  // namespace iem
