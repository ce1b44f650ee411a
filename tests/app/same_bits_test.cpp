// A run ends on the same hash whatever the processor has: the C library picks other versions of exp, log, sin
// ... where there is no fused multiply-add, and nothing of a run may depend on them.
#include <gtest/gtest.h>

#include "tests/app/command.h"

namespace iem::test {
namespace {

// What the C library reads to leave instructions out; it says nothing where it knows none of them.
const std::string kWithout = "GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4 ";

TEST(same_bits, with_and_without_fused_multiply_add) {
  const Folder folder;
  // awk calls the C library's functions; with more digits than a double has, every bit shows.
  const std::string values =
      "awk 'BEGIN { for (i = 1; i < 2000; ++i) printf \"%.17g %.17g %.17g\\n\", exp(i / 7), log(i), sin(i) "
      "}'";
  const Outcome plain = shell(folder, values), without = shell(folder, kWithout + values);
  ASSERT_EQ(lines_of(plain.out).size(), 1999u) << plain.err;
  ASSERT_EQ(lines_of(without.out).size(), 1999u) << without.err;
  if (plain.out == without.out) GTEST_SKIP() << "the C library has one version of its functions here";

  // Fifty steps: enough for a last bit to reach the hash of scenes that depend on one.
  const std::string run = "iemlab run \"$s\" --steps 50 --json --threads 1";
  const std::string hash = " | grep -o '\"hash\":\"[0-9a-f]*\"' || echo none";
  const Outcome scenes = iemlab(folder, {"list", "scenes", "--json"});
  int compared = 0;
  for (const auto& scene : scenes.json()) {
    const std::string name = scene["id"], line = "s=" + name + "; ";
    const Outcome one = shell(folder, line + run + hash), other = shell(folder, line + kWithout + run + hash);
    EXPECT_EQ(one.out.rfind("\"hash\":", 0), 0u) << name << ": " << one.err;
    EXPECT_EQ(one.out, other.out) << name;
    ++compared;
  }
  EXPECT_GE(compared, 50);
}

}  // namespace
}  // namespace iem::test
