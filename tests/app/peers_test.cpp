// The benchmark beside scikit-learn and PyTorch compares what computes the same (docs/performance.md).
#include <gtest/gtest.h>

#include "tests/app/command.h"

namespace iem::test {
namespace {

TEST(peers, come_to_the_same_losses) {
  if (!has_modules("python3", "sklearn torch")) GTEST_SKIP() << "no scikit-learn or no torch here";
  const Folder folder;
  const Outcome outcome = shell(folder, "python3 -B '" + std::string(IEMLAB_SOURCE_DIR) +
                                            "/tests/benchmarks/peers/peers.py' --iemlab '" + IEMLAB_BINARY +
                                            "' --check --points 400 --components 3 --threads 1");
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
}

}  // namespace
}  // namespace iem::test
