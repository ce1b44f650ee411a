// Long lists of numbers are read beside the parser, and what would make it use gigabytes is refused: nobody
// should notice otherwise.
#include "core/config/toml_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>

#include "core/base/random.h"
#include "core/config/toml_values.h"
#include "tests/core/error_of.h"

namespace iem {
namespace {

// Rows of two numbers, with every spelling of a number and of white space that TOML has for them.
std::vector<std::string> some_rows(int count) {
  const std::vector<std::string> numbers = {"0",
                                            "-0",
                                            "+1",
                                            "7.25",
                                            "-3.5e-7",
                                            "1E+3",
                                            "0.1",
                                            "-12345",
                                            "1e22",
                                            "0e0",
                                            "5e-324",
                                            "1.5E7",
                                            "1.7976931348623157e308"};
  const std::vector<std::string> gaps = {"", " ", "\n\t", " # a, [comment] \"\n", "\r\n"};
  Random random(5);
  const auto any = [&](const std::vector<std::string>& of) {
    return of[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(of.size())))];
  };
  const auto spaced = [&](const std::string& word) { return any(gaps) + word + any(gaps); };
  std::vector<std::string> rows;
  for (int i = 0; i < count; ++i)
    rows.push_back(spaced("[" + spaced(any(numbers)) + "," + spaced(any(numbers)) + "]"));
  return rows;
}

std::string list_of(const std::vector<std::string>& rows, std::size_t first, std::size_t count) {
  std::string out = "[";
  for (std::size_t i = first; i < std::min(first + count, rows.size()); ++i) out += rows[i] + ",";
  return out + "]";
}

std::string toml_refusal(const std::string& text) {
  return error_of([&] { (void)read_toml(text, "s.toml"); });
}

TEST(TomlText, ALongListIsTheListThatTheParserReads) {
  const std::vector<std::string> rows = some_rows(8000);
  const std::string list = list_of(rows, 0, rows.size());
  ASSERT_GT(list.size(), 150000u);
  const std::string text =
      "\xEF\xBB\xBF"
      "a = " +
      list + "\n[t]\nd = { \"\xC3\xA9\" = 1, b = " + list + " , c = 2 } # \xC3\xA9\n after = 7\n";
  const auto entries = read_toml(text, "s.toml");
  ASSERT_EQ(entries.size(), 7u);
  ASSERT_EQ(prepare_toml(text, "s.toml").lists.size(), 2u);
  const auto& numbers = std::get<Tensor>(entries[0].value);
  EXPECT_EQ(numbers.shape, (std::vector<std::int64_t>{8000, 2}));
  EXPECT_EQ(std::get<Tensor>(entries[4].value), numbers);
  EXPECT_EQ(entries[5].key, "t.d.c");
  EXPECT_EQ(entries[6].key, "t.after");
  const std::size_t at = text.find(" after");
  EXPECT_EQ(entries[6].key_at.line,
            1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  EXPECT_EQ(entries[6].key_at.column, 2);
  // The parser's own reading, in pieces that are short enough for it.
  std::size_t compared = 0;
  for (std::size_t first = 0; first < rows.size(); first += 50) {
    const auto part = read_toml("a = " + list_of(rows, first, 50) + "\n", "p.toml");
    for (const double number : std::get<Tensor>(part[0].value).data)
      ASSERT_EQ(std::bit_cast<std::uint64_t>(number), std::bit_cast<std::uint64_t>(numbers.data[compared++]));
  }
  EXPECT_EQ(compared, 16000u);
}

TEST(TomlText, AMistakeInALongListHasItsPlace) {
  const std::vector<std::string> rows = some_rows(8000);
  const std::string fine = list_of(rows, 0, rows.size());
  const auto with = [&](const std::string& bad) {
    std::string text = "a = [";
    for (int i = 0; i < 20000; ++i) text += "[1, 2],\n";
    return text + bad + "]\n";
  };
  ASSERT_EQ(toml_refusal(with("[1, 2]")), "");
  int tried = 0;
  for (const char* bad : {"[1, nan]", "[1, 0x1]", "[1, 2, 3]", "[1]", "1", "[1, [2]]", "[\"a\", 2]",
                          "[01, 2]", "[1., 2]", "[.5, 2]", "[1 2]", "[,1]", "[1, 99999999999999999999]",
                          "[1, 1e999]", "[]", "[true, 2]", "[1, --2]", "{x = 1}"}) {
    const std::string message = toml_refusal(with(bad));
    EXPECT_EQ(message.find("s.toml:20001:"), 0u) << bad << " -> " << message;
    EXPECT_NE(message.find("in a long list: no number and no list like those before"), std::string::npos)
        << message;
    ++tried;
  }
  EXPECT_EQ(tried, 18);
  EXPECT_EQ(toml_refusal("a = [1, {b = " + fine + "}]\n").find("s.toml:1:14: "), 0u);
  EXPECT_EQ(toml_refusal("a = [{b = " + fine + "}]\n"),
            "");  // a table of a list of tables has keys of its own
}

// The square of these lengths would not end within the time that a test has.
TEST(TomlText, WhatWouldExhaustMemoryOrTimeIsRefused) {
  const auto repeated = [](const std::string& piece, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += piece;
    return out;
  };
  std::string keys;
  for (int i = 0; i < 500001; ++i) keys += "k" + std::to_string(i) + "=1\n";
  EXPECT_EQ(toml_refusal(keys).find("s.toml:500001:"), 0u) << toml_refusal(keys);
  EXPECT_NE(
      toml_refusal("a = [" + repeated("\"\",", 600000) + "]\n").find("more than 500000 keys and values"),
      std::string::npos);
  EXPECT_NE(
      toml_refusal("[" + std::string(1 << 20, 'k') + "]\n" + repeated("a.b=1\n", 1)).find("longer than 256"),
      std::string::npos);
  // Each of these quotes once looked at all that follow.
  EXPECT_NE(toml_refusal(std::string(8 << 20, '"')), "");
  EXPECT_NE(toml_refusal("a = " + std::string(8 << 20, '\'')), "");
  EXPECT_NE(toml_refusal("a = " + std::string(8 << 20, '[')), "");
  EXPECT_EQ(toml_refusal(repeated("a.", 40) + "b = 1\n"), "s.toml:1:64: a key of more than 32 parts");
}

TEST(TomlText, AQuotedNameWithADotIsAnotherKey) {
  const auto entries = read_toml("\"data.count\" = 7\n[data]\ncount = 40\n\"a\".b = 1\n", "s.toml");
  ASSERT_EQ(entries.size(), 5u);
  EXPECT_EQ(entries[0].key, "\"data.count\"");
  EXPECT_EQ(entries[2].key, "data.count");
  EXPECT_EQ(entries[4].key, "data.a.b");
}

}  // namespace
}  // namespace iem
