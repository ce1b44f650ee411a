// Every seed of every target: what once broke something stays mended.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/fuzz/corpus.h"
#include "tests/fuzz/targets.h"

namespace iem::fuzz {

static void PrintTo(const Target& target, std::ostream* out) { *out << target.name; }

namespace {

class Corpus : public ::testing::TestWithParam<Target> {};

TEST_P(Corpus, IsReadOrRefusedInOneLine) {
  const std::vector<Seed> all = seeds(GetParam().name);
  EXPECT_GE(all.size(), 4u);
  for (const Seed& seed : all) {
    // A target ends the process: the last name printed is the one that did.
    std::printf("%s/%s\n", GetParam().name, seed.file.c_str());
    std::fflush(stdout);
    GetParam().run(seed.bytes);
  }
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus, ::testing::ValuesIn(kTargets),
                         [](const auto& p) { return p.param.name; });

TEST(Corpora, BelongToTheTargetsThatThereAre) {
  int folders = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(IEMLAB_SOURCE_DIR) + "/tests/fuzz/corpus")) {
    ++folders;
    EXPECT_TRUE(std::ranges::any_of(kTargets, [&](const Target& t) {
      return entry.path().filename() == t.name;
    })) << entry.path();
  }
  EXPECT_EQ(folders, static_cast<int>(kTargets.size()));
}

}  // namespace
}  // namespace iem::fuzz
