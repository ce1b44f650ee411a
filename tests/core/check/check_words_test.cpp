// Every check says what it says, as mathematics and in words, and how it was computed.
#include "core/check/check_words.h"

#include <gtest/gtest.h>

#include <string>

#include "core/figure/glossary.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"

namespace iem {
namespace {

TEST(CheckWords, AreThereForEveryCheckOfEveryLab) {
  int checks = 0;
  for (const Lab* lab : labs())
    for (const IdentityCheck& check : lab->checks()) {
      ++checks;
      const CheckWords* words = words_of_check(check.id, lab->id());
      ASSERT_NE(words, nullptr) << lab->id() << ": " << check.id;
      EXPECT_FALSE(words->tex.empty()) << check.id;
      for (const std::string_view sentence : {words->sentence, words->method}) {
        ASSERT_FALSE(sentence.empty()) << check.id;
        EXPECT_EQ(sentence.back(), '.') << check.id;
      }
      for (const SymbolWords& symbol : symbols_of(words->tex, lab->id()))
        EXPECT_FALSE(symbol.name.empty()) << lab->id() << ": " << symbol.tex << " in " << words->tex;
    }
  EXPECT_GT(checks, 25);
}

TEST(CheckWords, OfALabStandBeforeTheCommonOnes) {
  EXPECT_NE(words_of_check("row_sums", "activation"), words_of_check("row_sums", "mixture"));
  EXPECT_EQ(words_of_check("row_sums", "layer"), words_of_check("row_sums", "mixture"));
  EXPECT_EQ(words_of_check("no_such_check", "mixture"), nullptr);
}

}  // namespace
}  // namespace iem
