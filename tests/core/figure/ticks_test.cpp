#include "core/figure/ticks.h"
#include "core/base/number.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <locale>
#include <set>
#include <string>

#include "core/base/power_of_ten.h"

namespace iem {
namespace {

std::string joined(const std::vector<Tick>& ticks) {
  std::string out;
  for (const Tick& t : ticks) out += (out.empty() ? "" : " ") + t.label;
  return out;
}

TEST(Ticks, AreTheRoundNumbersAPersonWouldChoose) {
  EXPECT_EQ(joined(make_ticks(0, 40, 5, Scale::linear)), "0 10 20 30 40");
  EXPECT_EQ(joined(make_ticks(-1.04, 0.04, 3, Scale::linear)), "\u22121.0 \u22120.5 0.0");
  EXPECT_EQ(joined(make_ticks(1.8, 4.2, 5, Scale::linear)), "2.0 2.5 3.0 3.5 4.0");
  EXPECT_EQ(joined(make_ticks(0, 1, 5, Scale::linear)), "0.0 0.5 1.0");
  EXPECT_EQ(joined(make_ticks(0, 10, 5, Scale::linear)), "0 5 10");
  EXPECT_EQ(joined(make_ticks(0, 100, 5, Scale::linear)), "0 25 50 75 100");
  EXPECT_EQ(joined(make_ticks(1e-16, 1, 5, Scale::log10)), "10^\u221215 10^\u221210 10^\u22125 10^0");
  EXPECT_EQ(joined(make_ticks(0.9, 30, 5, Scale::log10)), "1 2 5 10 20");
}

TEST(Ticks, OfPowersCountInDecadesThatPeopleCountIn) {
  EXPECT_EQ(joined(make_ticks(1e-171, 3, 4, Scale::log10)), "10^\u2212150 10^\u2212100 10^\u221250 10^0");
  EXPECT_EQ(joined(make_ticks(1e-6, 1, 3, Scale::log10)), "10^\u22126 10^\u22123 10^0");
  EXPECT_EQ(joined(make_ticks(1e-4, 1, 5, Scale::log10)), "0.0001 0.001 0.01 0.1 1") << "none needs a power";
  for (int i = 0; i < 3000; ++i) {
    const double a = -300 + 0.093 * i, b = std::min(300.0, a + 2 + 0.19 * (i % 2000));
    for (const int most : {3, 4, 5}) {
      const auto ticks = make_ticks(std::pow(10.0, a), std::pow(10.0, b), most, Scale::log10);
      ASSERT_GE(ticks.size(), 2u) << a << " " << b;
      ASSERT_LE(static_cast<int>(ticks.size()), most) << a << " " << b;
      const double n = std::round(std::log10(ticks[1].value / ticks[0].value));
      const std::set<double> counted = {1, 2, 3, 5, 10, 20, 25, 50, 100, 200, 500};
      if (ticks.size() > 2) {
        EXPECT_TRUE(counted.contains(n)) << joined(ticks);
      }
      std::set<bool> powers;
      for (const Tick& tick : ticks) powers.insert(tick.label.find("10^") != std::string::npos);
      EXPECT_EQ(powers.size(), 1u) << joined(ticks);
    }
  }
}

// One number does not show a scale.
TEST(Ticks, AreTwoWhereTwoMayStand) {
  EXPECT_EQ(joined(make_ticks(-0.0007, 0.0007, 2, Scale::linear)), "\u22120.0005 0.0005");
  EXPECT_EQ(joined(make_ticks(-0.0048, 0.0048, 2, Scale::linear)), "\u22120.004 0.004");
  EXPECT_EQ(joined(make_ticks(-0.93, -0.66, 2, Scale::linear)), "\u22120.9 \u22120.7");
  EXPECT_EQ(joined(make_ticks(0.03, 30, 2, Scale::log10)), "0.1 10");
  for (int i = 0; i < 4000; ++i) {
    const double lo = 10 * std::sin(i * 1.7), span = std::pow(10.0, i % 5 - 3) * (1 + 0.37 * (i % 23));
    for (const int most : {2, 3, 5}) {
      const auto ticks = make_ticks(lo, lo + span, most, Scale::linear);
      EXPECT_GE(ticks.size(), 2u) << lo << " " << span << " " << most;
      EXPECT_LE(static_cast<int>(ticks.size()), most) << lo << " " << span;
    }
  }
}

TEST(Ticks, OfSharesStayBetween0And1) {
  Axis axis{.lo = 0.86, .hi = 1.06, .max_ticks = 4};
  EXPECT_EQ(joined(make_ticks(axis)), "0.90 0.95 1.00 1.05");
  axis.share = true;
  EXPECT_EQ(joined(make_ticks(axis)), "0.90 0.95 1.00");
  EXPECT_EQ(joined(offset_ticks(axis, 4)), "0.90 0.95 1.00");
  axis.lo = -0.3, axis.hi = 1.3, axis.max_ticks = 3;
  EXPECT_EQ(joined(make_ticks(axis)), "0.0 0.5 1.0");
}

TEST(Ticks, NeverExceedTheirNumberNorTheRangeAndLabelsTellThemApart) {
  for (int i = 0; i < 4000; ++i) {
    const double lo = 1e3 * std::sin(i * 1.7) * std::pow(10.0, i % 13 - 6);
    const double span = std::pow(10.0, i % 9 - 4) * (1 + i % 7);
    const int most = 1 + i % 7;
    const auto ticks = make_ticks(lo, lo + span, most, Scale::linear);
    EXPECT_LE(static_cast<int>(ticks.size()), most);
    if (most >= 3) {
      EXPECT_GE(ticks.size(), 1u) << lo << " " << span;
    }
    std::set<double> values;
    for (const Tick& t : ticks) {
      EXPECT_GE(t.value, lo - 1e-6 * span);
      EXPECT_LE(t.value, lo + span + 1e-6 * span);
      values.insert(t.value);
    }
    EXPECT_EQ(values.size(), ticks.size());
    std::set<std::string> labels;
    for (const Tick& t : ticks) labels.insert(t.label);
    EXPECT_EQ(labels.size(), ticks.size()) << joined(ticks);
  }
}

TEST(Ticks, OfHugeNumbersStayShort) {
  EXPECT_EQ(joined(make_ticks(3.0924e11, 3.0941e11, 5, Scale::linear)),
            "3.0925 \u00D7 10^11 3.093 \u00D7 10^11 3.0935 \u00D7 10^11 3.094 \u00D7 10^11");
  EXPECT_EQ(joined(make_ticks(0, 5.3e217, 3, Scale::linear)), "0 2 \u00D7 10^217 4 \u00D7 10^217");
  EXPECT_EQ(joined(make_ticks(1234567, 1234571, 3, Scale::linear)), "1234568 1234570");
}

TEST(Ticks, AnAxisMayRunEitherWay) {
  EXPECT_EQ(joined(make_ticks(8.5, 0.5, 8, Scale::linear)), "1 2 3 4 5 6 7 8");
}

TEST(Ticks, ImpossibleRangesHaveNone) {
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  const double huge = std::numeric_limits<double>::max();
  EXPECT_TRUE(make_ticks(1, 1, 5, Scale::linear).empty());
  EXPECT_TRUE(make_ticks(nan, 1, 5, Scale::linear).empty());
  EXPECT_TRUE(make_ticks(0, inf, 5, Scale::linear).empty());
  EXPECT_TRUE(make_ticks(-huge, huge, 5, Scale::linear).empty());
  EXPECT_TRUE(make_ticks(0, 1, 5, Scale::log10).empty());
  EXPECT_TRUE(make_ticks(0, 1, 0, Scale::linear).empty());
  // One unit in the last place apart, or as far as numbers reach: must end with few, whatever it finds.
  const double tiny = std::numeric_limits<double>::denorm_min();
  for (const double lo : {0.0, 1.0, -1.0, 1e17, 1e-300, 1e300, huge / 2})
    for (const double hi : {std::nextafter(lo, inf), lo + 1e300, lo + tiny})
      for (const Scale scale : {Scale::linear, Scale::log10})
        for (const bool whole : {false, true}) {
          const auto ticks = make_ticks(lo, hi, 5, scale, whole);
          EXPECT_LE(ticks.size(), 5u) << lo << " to " << hi;
          for (const Tick& tick : ticks) EXPECT_TRUE(std::isfinite(tick.value)) << lo << " to " << hi;
        }
}

TEST(Numbers, HaveRealMinusSignsAndNoNegativeZero) {
  EXPECT_EQ(format_number(-0.25), "\u22120.25");
  EXPECT_EQ(format_number(1.1e-16, 2), "1.1 \u00D7 10^\u221216");
  EXPECT_EQ(format_number(3e6), "3 \u00D7 10^6");
  EXPECT_EQ(format_number(-0.0), "0");
  EXPECT_EQ(format_fixed(-0.004, 2), "0.00");
  EXPECT_EQ(format_fixed(-1.25, 1), "\u22121.2");
  EXPECT_EQ(format_number(std::nan("")), "nan");
  EXPECT_EQ(format_number(-INFINITY), "\u2212\u221E");
}

TEST(Numbers, ExactOnesReadBackToTheSameBits) {
  for (double v : {0.1, 1.0 / 3, -2.5e-308, 5e-324, 1.7976931348623157e308, 123456789.123456789}) {
    EXPECT_EQ(std::strtod(exact_number(v).c_str(), nullptr), v);
  }
  EXPECT_EQ(exact_number(0.1), "0.1");
  EXPECT_EQ(exact_number(-INFINITY), "-inf");
}

TEST(Numbers, DoNotDependOnTheLocale) {
  struct Comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new Comma));
  EXPECT_EQ(format_fixed(12345.5, 1), "12345.5");
  EXPECT_EQ(exact_number(0.5), "0.5");
  EXPECT_EQ(format_number(0.5), "0.5");
  std::locale::global(before);
}

TEST(Ticks, FarFromZeroTheyAreCountedFromARoundNumber) {
  Axis axis;
  axis.lo = 2.2240012, axis.hi = 2.2240071;
  EXPECT_NEAR(tick_offset(axis), 2.224, 1e-12);
  EXPECT_EQ(offset_words(axis), "+ 2.224");
  const std::vector<Tick> ticks = offset_ticks(axis, 5);
  ASSERT_GE(ticks.size(), 2u);
  for (const Tick& tick : ticks) {
    EXPECT_TRUE(tick.value >= axis.lo - 1e-12 && tick.value <= axis.hi + 1e-12) << tick.value;
    EXPECT_LE(without_powers(tick.label).size(), 4u) << tick.label;  // "2e-6"
  }
  EXPECT_EQ(ticks[0].label, "2 \u00D7 10^\u22126");
  axis.lo = -6.0000101, axis.hi = -6.0000099;
  EXPECT_LE(tick_offset(axis), axis.lo);
  EXPECT_TRUE(offset_words(axis).starts_with("\u2212 6.00001")) << offset_words(axis);
}

TEST(Ticks, OfOrdinaryRangesHaveNoOffset) {
  for (const auto& [lo, hi] : std::vector<std::pair<double, double>>{
           {0, 1}, {-1e-9, 1e-9}, {2.22, 2.23}, {1000, 1001}, {0, 0}, {-1, INFINITY}}) {
    Axis axis;
    axis.lo = lo, axis.hi = hi;
    EXPECT_EQ(tick_offset(axis), 0) << lo << " " << hi;
    EXPECT_EQ(offset_words(axis), "");
  }
  Axis log;
  log.scale = Scale::log10, log.lo = 1, log.hi = 1.000001;
  EXPECT_EQ(tick_offset(log), 0);
}

TEST(Ticks, AZeroAloneHasNoDecimals) {
  const std::vector<Tick> ticks = make_ticks(-3e-7, 3e-7, 1, Scale::linear, false);
  ASSERT_EQ(ticks.size(), 1U);
  EXPECT_EQ(ticks.front().value, 0);
  EXPECT_EQ(ticks.front().label, "0");
}

TEST(Ticks, FarFromZeroAndCloseTogetherTheyStillDiffer) {
  for (const double span : {1e-3, 1e-6, 1e-8, 1e-10}) {
    const std::vector<Tick> ticks = make_ticks(2.2333 - span, 2.2333 + span, 5, Scale::linear);
    ASSERT_GE(ticks.size(), 2u) << span;
    for (std::size_t i = 1; i < ticks.size(); ++i) EXPECT_NE(ticks[i].label, ticks[i - 1].label) << span;
  }
}

}  // namespace
}  // namespace iem
