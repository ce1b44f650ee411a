#include "core/base/text.h"

#include <gtest/gtest.h>

#include "core/base/utf8.h"
#include "core/figure/caption.h"
#include "tests/core/nasty_strings.h"

namespace iem::test {
namespace {

std::string utf8(char32_t c) {
  const auto tail = [c](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3F)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), tail(0)};
  if (c < 0x10000) return {static_cast<char>(0xE0 | c >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | c >> 18), tail(12), tail(6), tail(0)};
}

bool is_all_visible(const std::string& text) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    if (!is_visible(point.value)) return false;
    i += point.length;
  }
  return true;
}

TEST(Text, IsOneVisibleLineForPeopleTerminalsAndComments) {
  for (const std::string& nasty : nasty_bytes()) {
    for (const std::string& out : {one_line(nasty), terminal_text(nasty), comment_text(nasty)})
      EXPECT_TRUE(is_all_visible(out)) << out;
    EXPECT_EQ(comment_text(nasty).find_first_of("\"\\"), std::string::npos);
    EXPECT_EQ(comment_text(nasty).find("?\?"), std::string::npos);
  }
}

// Every character there is: it passes unchanged, or it is one of those that act on what is around them.
TEST(Text, KeepsEveryCharacterThatStandsForItself) {
  int hidden = 0, kept = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::string character = utf8(c);
    ASSERT_EQ(code_point_at(character, 0).value, c);
    ASSERT_EQ(code_point_at(character, 0).length, character.size());
    ASSERT_EQ(one_line(character) == character, is_visible(c)) << static_cast<unsigned>(c);
    ASSERT_EQ(terminal_text(character) == character, is_visible(c)) << static_cast<unsigned>(c);
    ++(is_visible(c) ? kept : hidden);
  }
  EXPECT_EQ(hidden, 33 + 32 + 1 + 2 + 5 + 4 + 2 + 1 + 6 + 6 + 1 + 3 + 128 + 32 + 34);
  EXPECT_GT(kept, 1'000'000);
}

TEST(Text, SaysOnATerminalWhatItLeftOut) {
  EXPECT_EQ(terminal_text("\x1b]0;x\x07"), "\\x1b]0;x\\x07");
  EXPECT_EQ(terminal_text("a\r\nb\tc"), "a  b c");
  EXPECT_EQ(terminal_text("\xC2\x9B"
                          "31m\xE2\x80\xAE"),
            "\\u{9b}31m\\u{202e}");
  EXPECT_EQ(terminal_text("caf\xe9"), "caf\\xe9");
  EXPECT_EQ(printable("a\xC2\x9B"
                      "b\xE2\x80\xAE"),
            "a?b?");
}

TEST(Text, ACommentIsShort) {
  EXPECT_EQ(comment_text("C:\\users \"x\""), "C:/users 'x'");
  EXPECT_EQ(comment_text(std::string(199, 'a') + "\xC3\xA4"), std::string(199, 'a') + "...");
  EXPECT_LE(comment_text(std::string(1 << 20, '?')).size(), 410u);
}

TEST(Text, AFileOfAnyNameStaysInItsFolder) {
  std::vector<std::string> names = nasty_bytes();
  names.insert(names.end(),
               {"/home/me/.profile", "..", ".", "-rf", std::string(500, 'n'), std::string(60, '\xe9')});
  for (const std::string& name : names) {
    const std::string stem = file_stem(name);
    EXPECT_TRUE(is_all_visible(stem)) << stem;
    EXPECT_TRUE(!stem.empty() && stem.size() <= 100 && stem[0] != '.' && stem[0] != '-') << stem;
    EXPECT_EQ(stem.find('/'), std::string::npos) << stem;
  }
  EXPECT_EQ(file_stem("old_faithful"), "old_faithful");
  EXPECT_EQ(file_stem("Pinguine \xC3\xA4 2"), "Pinguine \xC3\xA4 2");
}

TEST(Caption, AnyTextIsWordsInIt) {
  for (const std::string& nasty : nasty_bytes()) {
    const std::string caption = caption_words(nasty) + ", step 3. $x^2$ is shown.";
    const auto parts = caption_parts(caption);
    ASSERT_EQ(parts.size(), 3u) << nasty;
    EXPECT_FALSE(parts[0].tex);
    EXPECT_EQ(parts[0].text, one_line(nasty) + ", step 3. ");
    EXPECT_TRUE(parts[1].tex);
    EXPECT_EQ(parts[1].text, "x^2");
    EXPECT_EQ(plain_caption(caption), one_line(nasty) + ", step 3. x^2 is shown.");
  }
}

TEST(Caption, MathematicsKeepsItsBackslashesAndMayBeLeftOpen) {
  const auto parts = caption_parts("at $\\tau_1$, odd $\\frac12");
  ASSERT_EQ(parts.size(), 4u);
  EXPECT_EQ(parts[1].text, "\\tau_1");
  EXPECT_EQ(parts[3].text, "\\frac12");
  EXPECT_TRUE(caption_parts("").empty());
}

}  // namespace
}  // namespace iem::test
