// Numbers as they are shown.
#include "core/base/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <locale>
#include <random>

#include "core/figure/tex_value.h"

namespace iem {
namespace {

TEST(ExactNumber, AndThatOfARealReadBackToTheSameBits) {
  for (const double value : {0.0, 1.0, -3.0, 0.1, 1e20, 1e22, 1e-300, 123456789.0, 2.0 / 3}) {
    EXPECT_EQ(std::stod(exact_number(value)), value);
    EXPECT_EQ(std::stod(real_number(value)), value);
    EXPECT_NE(real_number(value).find_first_of(".e"), std::string::npos) << "not an integer";
  }
  EXPECT_EQ(exact_number(1), "1");
  EXPECT_EQ(real_number(1), "1.0");
  EXPECT_EQ(real_number(1e22), "1e+22");
  EXPECT_EQ(real_number(-std::numeric_limits<double>::infinity()), "-inf");
  EXPECT_EQ(real_number(std::numeric_limits<double>::quiet_NaN()), "nan");
}

TEST(ShownNumber, HasFourSignificantDigitsAndPowersOfTen) {
  EXPECT_EQ(shown_number(0.51079), "0.5108");
  EXPECT_EQ(shown_number(0.022237), "0.02224");
  EXPECT_EQ(shown_number(-3.8061), "\u22123.806");
  EXPECT_EQ(shown_number(12.3449), "12.34");
  EXPECT_EQ(shown_number(12345.6), "12346");
  EXPECT_EQ(shown_number(0.00012345), "0.0001234");
  EXPECT_EQ(shown_number(1.3e-6), "1.300 \u00D7 10^\u22126");
  EXPECT_EQ(shown_number(1.1102e-16, 2), "1.1 \u00D7 10^\u221216");
  EXPECT_EQ(shown_number(1.343e71), "1.343 \u00D7 10^71");
  EXPECT_EQ(number_tex(1.3e-6), "1.300\\times10^{-6}");
  EXPECT_EQ(number_tex(-0.5), "-0.5000");
}

TEST(ShownNumber, WholeNumbersStandWithoutDecimals) {
  EXPECT_EQ(shown_number(0), "0");
  EXPECT_EQ(shown_number(-0.0), "0");
  EXPECT_EQ(shown_number(342), "342");
  EXPECT_EQ(shown_number(-1), "\u22121");
  EXPECT_EQ(shown_number(0.99996), "1.000");  // nearly one is not one
  EXPECT_EQ(shown_number(99999.7), "1.000 \u00D7 10^5");
}

TEST(ShownNumber, SaysWhatIsNotFinite) {
  EXPECT_EQ(shown_number(std::nan("")), "nan");
  EXPECT_EQ(shown_number(-INFINITY), "\u2212\u221E");
  EXPECT_EQ(number_tex(INFINITY), "\\infty");
}

// The three forms say the same number, and it is the value but for half a unit of the last digit.
TEST(ShownNumber, ReadsAsItsValueInEveryForm) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> mantissa(-10, 10);
  std::uniform_int_distribution<int> power(-300, 300);
  for (int i = 0; i < 3000; ++i) {
    const double value = mantissa(random) * std::pow(10.0, i % 2 == 0 ? power(random) : power(random) / 40);
    for (const int digits : {1, 2, 4, 6, 17}) {
      const double read = number_as_read(value, digits);
      EXPECT_LE(std::abs(read - value), std::abs(value) * 0.5001 * std::pow(10.0, 1 - digits)) << value;
      const auto calculated = tex_value(number_tex(value, digits));
      ASSERT_TRUE(calculated) << number_tex(value, digits);
      EXPECT_NEAR(*calculated, read, 1e-13 * std::abs(read)) << number_tex(value, digits);
    }
  }
}

TEST(ShownNumber, DoesNotDependOnTheLocale) {
  struct Comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
  };
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new Comma));
  EXPECT_EQ(shown_number(0.5108), "0.5108");
  EXPECT_EQ(number_as_read(1.3e-6), 1.3e-6);
  std::locale::global(before);
}

TEST(ShareInWords, IsOneOverANumber) {
  EXPECT_EQ(share_in_words(0.0009), "1/1100");
  EXPECT_EQ(share_in_words(0.00391), "1/260");
  EXPECT_EQ(share_in_words(0.5), "0.50");
  EXPECT_EQ(share_in_words(1e-9), "less than 1/100000");
}

TEST(TexValue, IsWhatACalculatorSays) {
  const auto near = [](const char* tex, double value) {
    const auto result = tex_value(tex);
    ASSERT_TRUE(result) << tex;
    EXPECT_NEAR(*result, value, 1e-14 * std::abs(value)) << tex;
  };
  near("0.02224/0.04354", 0.02224 / 0.04354);
  near("1.907{-}0.8100{+}2.710", 1.907 - 0.81 + 2.71);
  near("-\\log 0.04354", -std::log(0.04354));
  near("0.7{\\cdot}\\log 0.25", 0.7 * std::log(0.25));
  near("e^{-3.806}", std::exp(-3.806));
  near("\\frac{342}{35.5}{\\cdot}0.5", 342 / 35.5 * 0.5);
  near("1.3\\times10^{-6}{\\cdot}2", 2.6e-6);
  near("\\frac{1}{2}(0.3^2{+}0.5^2)", 0.5 * (0.09 + 0.25));
  near("-2^2", -4);
  near("\\sqrt{2}", std::sqrt(2.0));
}

TEST(TexValue, RefusesWhatIsNotANumber) {
  for (const char* tex :
       {"", "d_{1}", "0.5 x", "1/", "(1", "\\sum_j 3", "nan", "inf", "1{", "1\\times10^{x}", "+1"})
    EXPECT_FALSE(tex_value(tex)) << tex;
  EXPECT_FALSE(tex_value(std::string(200000, '(')));
  EXPECT_FALSE(tex_value(std::string(200000, '{')));
}

}  // namespace
}  // namespace iem
