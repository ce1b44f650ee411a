// Every check says what it says, as mathematics and in words, and how it was computed.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "core/check/check.h"
#include "core/figure/glossary.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"

namespace iem {
namespace {

TEST(CheckWords, AreThereForEveryCheckOfEveryLab) {
  int checks = 0;
  for (const Lab* lab : labs())
    for (const IdentityCheck& check : lab->checks()) {
      ++checks;
      const CheckWords& words = check.words;
      EXPECT_FALSE(words.tex.empty()) << lab->id() << ": " << check.id;
      for (const std::string& sentence : {words.sentence, words.method}) {
        ASSERT_FALSE(sentence.empty()) << lab->id() << ": " << check.id;
        EXPECT_EQ(sentence.back(), '.') << check.id;
      }
      for (const SymbolWords& symbol : symbols_of(words.tex, lab->id()))
        EXPECT_FALSE(symbol.name.empty()) << lab->id() << ": " << symbol.tex << " in " << words.tex;
    }
  EXPECT_GT(checks, 25);
}

TEST(CheckWords, ComeWithEveryResult) {
  const iem::Run run(load_scene("three_blobs"), std::make_shared<ThreadPool>(1));
  const std::vector<CheckResult> results = run_checks(*take_snapshot(run));
  const std::vector<IdentityCheck>& checks = find_lab("mixture")->checks();
  ASSERT_EQ(results.size(), checks.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(results[i].words.tex, checks[i].words.tex);
    EXPECT_EQ(results[i].words.sentence, checks[i].words.sentence);
    EXPECT_EQ(results[i].words.method, checks[i].words.method);
  }
}

// The labs have other letters for what is shared out and among what.
TEST(CheckWords, SayAPairInTheLettersOfTheLab) {
  const auto tex = [](const char* lab, const char* id) {
    return std::ranges::find(find_lab(lab)->checks(), id, &IdentityCheck::id)->words.tex;
  };
  EXPECT_NE(tex("mixture", "fisher").find("r_{ij}"), std::string::npos);
  EXPECT_NE(tex("activation", "fisher").find("r_{ih}"), std::string::npos);
  EXPECT_EQ(tex("layer", "row_sums"), tex("mixture", "row_sums"));
  EXPECT_NE(tex("activation", "row_sums"), tex("mixture", "row_sums"));
}

}  // namespace
}  // namespace iem
