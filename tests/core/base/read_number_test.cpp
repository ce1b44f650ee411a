#include "core/base/read_number.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "core/base/random.h"

namespace iem {
namespace {

constexpr double kUntouched = -7;

// The two readers of one text; what they differ in is said.
void expect_the_same(std::string_view text) {
  double standard = kUntouched, own = kUntouched;
  const char *begin = text.data(), *end = begin + text.size();
  const auto expected = std::from_chars(begin, end, standard), found = read_by_strtod(begin, end, own);
  EXPECT_EQ(found.ptr - begin, expected.ptr - begin) << text;
  EXPECT_EQ(static_cast<int>(found.ec), static_cast<int>(expected.ec)) << text;
  const bool both_nan = std::isnan(standard) && std::isnan(own);
  if (!both_nan) EXPECT_EQ(std::bit_cast<std::uint64_t>(own), std::bit_cast<std::uint64_t>(standard)) << text;
}

TEST(ReadNumber, ByStrtodFollowsTheStandardsRules) {
  for (const char* text : {"",
                           "-",
                           "+1",
                           " 1",
                           "1 ",
                           "00012",
                           ".5",
                           "5.",
                           "-.5",
                           "-.",
                           ".",
                           "1e",
                           "1e+",
                           "1e5x",
                           "1,5",
                           "1_0",
                           "0x10",
                           "-0x1p3",
                           "inf",
                           "-INF",
                           "nan",
                           "-nan",
                           "nan(12)",
                           "nan(a b)",
                           "infinity",
                           "infx",
                           "e5",
                           "abc",
                           "--1",
                           "1e400",
                           "1e-400",
                           "-1e400",
                           "4e-324",
                           "2e-324",
                           "1e-310",
                           "0e99999999",
                           "1e9999",
                           "1.7976931348623159e308",
                           "1.7976931348623157e308",
                           "9007199254740993"})
    expect_the_same(text);
}

TEST(ReadNumber, ByStrtodFindsTheSameBits) {
  Random random(11);
  for (int i = 0; i < 20000; ++i) {
    const auto value = std::bit_cast<double>(random.bits());
    if (!std::isfinite(value)) continue;
    std::array<char, 64> text;
    const auto shortest = std::to_chars(text.data(), text.data() + text.size(), value);
    expect_the_same({text.data(), shortest.ptr});
    const auto rounded = std::to_chars(text.data(), text.data() + text.size(), value,
                                       std::chars_format::scientific, static_cast<int>(random.below(25)));
    expect_the_same({text.data(), rounded.ptr});
  }
}

TEST(ReadNumber, LeavesErrnoAlone) {
  double value = 0;
  constexpr std::string_view kLarge = "1e999";
  errno = EDOM;
  read_by_strtod(kLarge.data(), kLarge.data() + kLarge.size(), value);
  EXPECT_EQ(errno, EDOM);
}

}  // namespace
}  // namespace iem
