// Lines of formulas are right as they are shown: a calculator fed with the shown numbers arrives at the shown
// result.
#include "core/labs/kit/formula_line.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/figure/tex_value.h"
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
  for (int i = 0; i < 2000; ++i) {
    const double a = normal(random), b = 1e-3 * normal(random), c = 30 * normal(random);
    const FormulaLine sum = number_formula({0, {a, b, c}, a + b + c}, "d_{1}");
    EXPECT_EQ(shown_numbers(sum)[0], ShownNumber{});
    const double e = std::exp(a), z = e + std::exp(c / 30);
    for (const FormulaLine& line : {sum, FormulaLine{"r", "{=}", e, "/", z, "{=}", e / z}})
      EXPECT_TRUE(testing::adds_up(line)) << formula_tex(line);
  }
}

// In units of the last of `decimals`; NaN where the number has another count of them.
double last_places(const ShownNumber& shown, int decimals) {
  const std::size_t dot = shown.digits.find('.');
  if (shown.power || dot == std::string::npos) return std::nan("");
  if (shown.digits.size() - dot - 1 != static_cast<std::size_t>(decimals)) return std::nan("");
  const auto value = tex_value(number_tex(shown));
  return value ? std::round(*value * std::pow(10.0, decimals)) : std::nan("");
}

// The printed terms sum to the printed result to the last digit, each stands within one unit of its value,
// and all have the same decimals however the numbers move.
TEST(FormulaLine, KeepsTheDecimalsOfASum) {
  std::mt19937_64 random(6);
  std::normal_distribution<double> normal;
  int moved = 0;
  for (int i = 0; i < 5000; ++i) {
    const double a = 40 + 8 * normal(random), b = normal(random), c = 1e-2 * normal(random);
    const FormulaLine line = number_formula({0, {a, b, c}, a + b + c}, "d_{1}");
    const std::vector<ShownNumber> shown = shown_numbers(line);
    double sum = 0;
    for (std::size_t k = 2; k + 2 < line.size(); k += 2) {
      const double places = last_places(shown[k], 3), exact = 1000 * line[k].number;
      ASSERT_LT(std::abs(places - exact), 1 + 1e-6) << formula_tex(line);
      moved += places != std::round(exact) ? 1 : 0;
      sum += line[k - 1].tex == "{-}" ? -places : places;
    }
    EXPECT_EQ(sum, last_places(shown.back(), 3)) << formula_tex(line);
    EXPECT_LE(std::abs(sum - 1000 * line.back().number), 0.5 + 1e-6) << formula_tex(line);
  }
  EXPECT_GT(moved, 100);
}

TEST(FormulaLine, WritesSumsOfEverySizeWithFourDigitsAtLeast) {
  const auto sum = [](double a, double b, double c) {
    return formula_tex(number_formula({0, {a, b, c}, a + b + c}, "d"));
  };
  EXPECT_EQ(sum(1.2555, -0.76355, 2.4979), "d{=}1.256{-}0.764{+}2.498{=}2.990");
  EXPECT_EQ(sum(1.2490, -0.7621, 2.4960), "d{=}1.249{-}0.762{+}2.496{=}2.983");
  EXPECT_EQ(sum(0.0104, 0.0104, 1.0104), "d{=}0.011{+}0.010{+}1.010{=}1.031") << "what rounding leaves";
  EXPECT_EQ(sum(0.5, 0.25, -0.70004), "d{=}0.50000{+}0.25000{-}0.70004{=}0.04996");
  EXPECT_EQ(sum(0.5, 0, -3), "d{=}0.500{+}0{-}3{=}-2.500") << "whole numbers have no decimals";
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
