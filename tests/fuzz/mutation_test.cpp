// Every target on its seeds, on truncations of them, and on a fixed number of random mutations: what every
// test run can afford. libFuzzer searches for longer (./test --fuzz).
#include <gtest/gtest.h>

#include <utility>

#include "core/base/embedded.h"
#include "core/base/random.h"
#include "tests/fuzz/corpus.h"
#include "tests/fuzz/targets.h"

namespace iem::fuzz {
namespace {

// One to four changes: a byte flipped, set, dropped or doubled, a piece copied elsewhere, a telling word put
// in.
std::string mutated(std::string bytes, const std::vector<std::string>& words, Random& random) {
  const auto place = [&] {
    return static_cast<std::size_t>(random.below(static_cast<std::int64_t>(bytes.size()) + 1));
  };
  for (std::int64_t i = 0, changes = 1 + random.below(4); i < changes; ++i) {
    const std::size_t at = place();
    switch (random.below(6)) {
      case 0:
        if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
        break;
      case 1:
        if (at < bytes.size()) bytes[at] = static_cast<char>(random.below(256));
        break;
      case 2: bytes.erase(at, static_cast<std::size_t>(random.below(8))); break;
      case 3: bytes.insert(at, bytes.substr(place(), static_cast<std::size_t>(random.below(32)))); break;
      case 4:
        bytes.insert(at,
                     words[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(words.size())))]);
        break;
      default: bytes.resize(at); break;
    }
  }
  return bytes;
}

// Gives the target each seed cut off at up to `cuts` places and changed in `changes` ways.
void search(const std::string& name, void (*run)(std::string_view), std::vector<std::string> more_seeds,
            std::size_t cuts, int changes) {
  Random random(20);
  std::vector<std::string> words = dictionary(name);
  for (Seed& seed : seeds(name)) more_seeds.push_back(std::move(seed.bytes));
  for (const std::string& seed : more_seeds) {
    const std::size_t every = seed.size() / (cuts + 1) + 1;
    for (std::size_t size = 0; size < seed.size(); size += every) run(seed.substr(0, size));
    for (int i = 0; i < changes; ++i) run(mutated(seed, words, random));
  }
}

TEST(Mutations, OfScenes) {
  std::vector<std::string> scenes;
  for (const auto name : embedded_names("scenes/")) scenes.emplace_back(embedded_text(name));
  EXPECT_GT(scenes.size(), 40u);
  search("scene", scene, scenes, 400, 400);
}

TEST(Mutations, OfLessons) {
  std::vector<std::string> lessons;
  for (const auto name : embedded_names("lessons/")) lessons.emplace_back(embedded_text(name));
  EXPECT_GE(lessons.size(), 1u);
  search("lesson", lesson, lessons, 200, 400);
}

TEST(Mutations, OfAssignments) { search("assignment", assignment, {}, 400, 2000); }
TEST(Mutations, OfTables) { search("csv", csv, {}, 400, 2000); }
TEST(Mutations, OfArrays) { search("npy", npy, {}, 400, 2000); }
TEST(Mutations, OfSessions) { search("session", session, {}, 100, 200); }
TEST(Mutations, OfStateStrings) { search("state_string", state_string, {}, 200, 500); }
TEST(Mutations, OfFormulas) { search("formula", formula, {}, 30, 100); }
TEST(Mutations, OfTitles) { search("title", title, {}, 3, 6); }

}  // namespace
}  // namespace iem::fuzz
