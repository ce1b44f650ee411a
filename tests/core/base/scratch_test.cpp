// Working memory: the same from step to step, and an error where there is none.
#include "core/base/scratch.h"

#include <gtest/gtest.h>

#include <new>

#include "tests/support/sanitized.h"

namespace iem {
namespace {

TEST(Scratch, GivesTheSameMemoryInEveryStep) {
  Scratch scratch;
  scratch.begin();
  double* first = scratch.take(100);
  double* second = scratch.zeros(9);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first) % 64, 0U);
  for (int i = 0; i < 16; ++i) EXPECT_EQ(second[i], 0) << i;
  scratch.begin();
  EXPECT_EQ(scratch.take(100), first);
  EXPECT_EQ(scratch.take(16), second);
}

TEST(Scratch, ThrowsWhereMemoryEndsAndGoesOnAfterwards) {
  if (test::kSanitized) GTEST_SKIP() << "a sanitizer ends the program there";
  constexpr std::int64_t kTooMuch = std::int64_t{1} << 56;  // no machine has as many addresses
  Scratch scratch;
  for (int round = 0; round < 2; ++round) {
    scratch.begin();
    EXPECT_THROW(scratch.take(kTooMuch), std::bad_alloc);
  }
  scratch.begin();
  double* little = scratch.take(8);
  ASSERT_NE(little, nullptr);
  little[7] = 1;
}

}  // namespace
}  // namespace iem
