// Lines of formulas are right as they are shown: a calculator fed with the shown numbers arrives at the shown
// result.
#include "core/labs/kit/formula_line.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tests/core/tex_evaluator.h"

namespace iem {
namespace {

TEST(FormulaLine, IsWrittenAsTeX) {
  EXPECT_EQ(formula_tex({"r_{2}", "{=}", 0.25, "/", 0.5, "{=}", 0.5}), "r_{2}{=}0.2500/0.5000{=}0.5000");
  EXPECT_EQ(formula_tex({"Z{=}\\sum_j e^{-d_j}", "{=}", 0.0435}), "Z{=}\\sum_j e^{-d_j}{=}0.04350");
  EXPECT_EQ(formula_tex({"v{=}(", 0.5, ",\\;", 2.0, ")"}), "v{=}(0.5000,\\;2)");
}

// With three digits 0.1004/0.1996 = 0.503 would be right and 0.100/0.200 = 0.503 wrong.
TEST(FormulaLine, OperandsGetTheDigitsTheResultNeeds) {
  const double a = 0.10035, b = 0.19954;
  const FormulaLine line = {"r", "{=}", a, "/", b, "{=}", a / b};
  EXPECT_EQ(formula_tex(line), "r{=}0.10035/0.19954{=}0.5029");
}

// Sums of numbers of all sizes and quotients, as `number_formula` and the inspectors write them.
TEST(FormulaLine, AddsUpAndDividesAsShown) {
  std::mt19937_64 random(5);
  std::normal_distribution<double> normal;
  int more = 0;
  for (int i = 0; i < 2000; ++i) {
    const double a = normal(random), b = 1e-3 * normal(random), c = 30 * normal(random);
    const FormulaLine sum = number_formula({0, {a, b, c}, a + b + c}, "d_{1}");
    const std::vector<int> digits = shown_digits(sum);
    EXPECT_EQ(digits.back(), 4);
    EXPECT_EQ(digits[0], 0);
    more += digits[2] > 4 ? 1 : 0;
    const double e = std::exp(a), z = e + std::exp(c / 30);
    for (const FormulaLine& line : {sum, FormulaLine{"r", "{=}", e, "/", z, "{=}", e / z}})
      EXPECT_TRUE(testing::adds_up(line)) << formula_tex(line);
  }
  EXPECT_GT(more, 100);
}

TEST(FormulaLine, WhatIsNoEquationOfNumbersHasFourDigits) {
  const FormulaLine line = {"r_{1}\\nabla d{=}(", 1.0 / 3, ",\\;", 2.0 / 3, ")"};
  EXPECT_EQ(formula_tex(line), "r_{1}\\nabla d{=}(0.3333,\\;0.6667)");
  EXPECT_EQ(formula_tex({"d_{1}", "{=}", 1.0, "{+}", 2.0, "{=}", 4.0}), "d_{1}{=}1{+}2{=}4")
      << "false as it is";
  EXPECT_EQ(formula_tex({"L", "{=}", 1.5, "{-}", 2.0, "{=}", std::nan("")}), "L{=}1.500{-}2{=}\\mathrm{nan}");
}

}  // namespace
}  // namespace iem
