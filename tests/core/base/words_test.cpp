#include "core/base/words.h"

#include <gtest/gtest.h>

namespace iem {
namespace {

TEST(Words, StandInAList) {
  EXPECT_EQ(joined({}), "");
  EXPECT_EQ(joined({"one"}), "one");
  EXPECT_EQ(joined({"", "two", ""}), ", two, ") << "an empty word is a word";
  EXPECT_EQ(joined({"a", "b"}, " x "), "a x b");
}

TEST(Words, AreListedWithALastOne) {
  EXPECT_EQ(listed_words({}, "or"), "");
  EXPECT_EQ(listed_words({"a"}, "or"), "a");
  EXPECT_EQ(listed_words({"a", "b"}, "or"), "a or b");
  EXPECT_EQ(listed_words({"a", "b", "c"}, "and"), "a, b and c");
}

TEST(Words, InSmallLettersKeepWhatIsNoLatinLetter) {
  EXPECT_EQ(lower_case("AZaz09@[`{"), "azaz09@[`{");
  EXPECT_EQ(lower_case("\xc3\x84.SVG"), "\xc3\x84.svg");  // no byte of an umlaut is touched
}

TEST(Words, OfAnEquationAreNotParted) {
  EXPECT_EQ(equations_whole("J = 4.394 at 3 \u00D7 10, or a=b"),
            "J\u00A0=\u00A04.394 at 3\u00A0\u00D7\u00A010, or a=b");
  EXPECT_EQ(equations_whole("u = v = 5"), "u\u00A0=\u00A0v\u00A0=\u00A05");
  EXPECT_EQ(equations_whole(" = "), "\u00A0=\u00A0");
  EXPECT_EQ(equations_whole("no equation"), "no equation");
}

}  // namespace
}  // namespace iem
