// How much work a step is, counted in instructions: what a clock on a busy machine cannot say. The numbers
// were taken with GCC 12 on x86-64; other compilers have others.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/app/command.h"
#include "tests/support/sanitized.h"

namespace iem::test {
namespace {

struct Recorded {
  std::string scene, method;  // empty: the scene's own
  double a_step;
  std::string name() const { return scene + (method.empty() ? "" : "_" + method); }
};

// One hot path each: the mixture's pass with its gradient, and its closed M-step; attention; a classifier; a
// layer of lines.
const std::vector<Recorded> kRecorded = {{"penguins", "", 53'193},
                                         {"penguins", "em", 56'571},
                                         {"routing_toy", "", 26'257},
                                         {"moons", "", 177'911},
                                         {"lines_part", "", 302'720}};

// Of a whole run of so many steps, the start of the program with it, by callgrind, which knows AVX2 but not
// AVX-512.
double instructions_of(const Folder& folder, const Recorded& of, int steps) {
  const std::string method = of.method.empty() ? "" : " --set optimizer.method=" + of.method;
  const Outcome outcome =
      shell(folder, "valgrind --tool=callgrind --callgrind-out-file=/dev/null \"$(command -v iemlab)\" run " +
                        of.scene + method + " --steps " + std::to_string(steps) +
                        " --quiet --isa avx2 --threads 1");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const std::string_view words = "Collected : ";
  const std::size_t at = outcome.err.find(words);
  EXPECT_NE(at, std::string::npos) << outcome.err;
  return at == std::string::npos ? 0 : std::strtod(outcome.err.c_str() + at + words.size(), nullptr);
}

class instructions : public ::testing::TestWithParam<Recorded> {};
INSTANTIATE_TEST_SUITE_P(scene, instructions, ::testing::ValuesIn(kRecorded),
                         [](const auto& row) { return row.param.name(); });

TEST_P(instructions, of_a_step_are_no_more_than_were_recorded) {
#if !defined(__x86_64__) || !defined(__GNUC__) || defined(__clang__) || __GNUC__ != 12
  GTEST_SKIP() << "recorded with GCC 12 on x86-64";
#endif
  if (kSanitized) GTEST_SKIP() << "built with a sanitizer";
  const Folder folder;
  if (shell(folder, "command -v valgrind").code != 0) GTEST_SKIP() << "no valgrind here";
  if (iemlab(folder, {"run", "penguins", "--steps", "0", "--quiet", "--isa", "avx2"}).code != 0)
    GTEST_SKIP() << "no AVX2 here";
  constexpr int kSteps = 20;
  const Recorded& each = GetParam();
  const double a_step =
      (instructions_of(folder, each, 10 + kSteps) - instructions_of(folder, each, 10)) / kSteps;
  const std::string about = each.name() + ": " + std::to_string(a_step) + " instructions";
  EXPECT_LE(a_step, 1.05 * each.a_step) << about;
  EXPECT_GE(a_step, 0.80 * each.a_step) << about << "; record what has become so much better";
}

}  // namespace
}  // namespace iem::test
