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
  const std::string hash = " | grep -o '\"hash\":\"[0-9a-f]*\"' | tr '\\n' ' '; echo";
  const Outcome scenes = iemlab(folder, {"list", "scenes", "--json"});
  std::vector<std::string> names;
  for (const auto& scene : scenes.json()) names.push_back(scene["id"]);
  std::string all = "for s in";
  for (const std::string& name : names) all += " " + name;
  all += "; do ";
  const Outcome one = shell(folder, all + run + hash + "; done"),
                other = shell(folder, all + kWithout + run + hash + "; done");
  const std::vector<std::string> ours = lines_of(one.out), theirs = lines_of(other.out);
  ASSERT_EQ(ours.size(), names.size()) << one.err;
  ASSERT_EQ(theirs.size(), names.size()) << other.err;
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(ours[i].rfind("\"hash\":", 0), 0u) << names[i] << ": " << one.err;
    EXPECT_EQ(ours[i], theirs[i]) << names[i];
  }
  EXPECT_GE(names.size(), 50U);
}

}  // namespace
}  // namespace iem::test
