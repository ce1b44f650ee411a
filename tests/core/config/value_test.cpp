#include "core/config/value.h"
#include "core/config/assignment.h"

#include <gtest/gtest.h>

#include <bit>
#include <clocale>
#include <cmath>
#include <limits>

#include "core/base/random.h"
#include "core/run/scene.h"

namespace iem {
namespace {

Value read_back(const Value& value) { return parse_assignment("key=" + to_toml(value), "test").value; }

TEST(Value, ShapesReadAsProducts) {
  EXPECT_EQ(shape_text({3, 2}), "3 x 2");
  EXPECT_EQ(shape_text({-1, 2, 2}), "N x 2 x 2");
  EXPECT_EQ(shape_text({7}), "7");
}

TEST(Value, EveryTypeIsWrittenAsToml) {
  EXPECT_EQ(to_toml(true), "true");
  EXPECT_EQ(to_toml(std::int64_t{-3}), "-3");
  EXPECT_EQ(to_toml(3.0), "3.0");
  EXPECT_EQ(to_toml(0.1), "0.1");
  EXPECT_EQ(to_toml(std::string("a \"b\"\n\x01\\")), R"("a \"b\"\n\u0001\\")");
  EXPECT_EQ(to_toml(std::vector<std::string>{"a", "b"}), R"(["a", "b"])");
  EXPECT_EQ(to_toml(Tensor{{2, 2}, {1, 2, 3, 4.5}}), "[[1.0, 2.0], [3.0, 4.5]]");
  EXPECT_EQ(to_toml(Tensor{}), "[]");
}

TEST(Value, NumbersReadBackToTheSameBits) {
  Random random(3);
  using Limits = std::numeric_limits<double>;
  std::vector<double> numbers = {0.0,
                                 -0.0,
                                 1e300,
                                 -1e-300,
                                 Limits::denorm_min(),
                                 Limits::min(),
                                 Limits::max(),
                                 Limits::lowest(),
                                 1.0 / 3.0,
                                 123456789012345680.0};
  for (int i = 0; i < 2000; ++i)
    numbers.push_back(std::ldexp(random.uniform(-1, 1), static_cast<int>(random.below(2000)) - 1000));
  for (const double number : numbers) {
    const Value back = read_back(number);
    ASSERT_TRUE(std::holds_alternative<double>(back)) << to_toml(number);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(std::get<double>(back)), std::bit_cast<std::uint64_t>(number));
  }
}

TEST(Value, StringsReadBack) {
  for (const std::string text : {"", "plain", "quote \" and \\ and 'single'", "tab\t line\n return\r",
                                 "\x7F\x1F", "ä ∂ 数", "\"\"\"", "# no comment"})
    EXPECT_EQ(std::get<std::string>(read_back(text)), text);
}

TEST(Value, NoLocaleChangesNumbers) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE"})
    if (std::setlocale(LC_ALL, name) != nullptr) break;
  EXPECT_EQ(to_toml(0.5), "0.5");
  EXPECT_EQ(std::get<double>(parse_assignment("key=1234.5", "test").value), 1234.5);
  std::setlocale(LC_ALL, before.c_str());
}

}  // namespace
}  // namespace iem
