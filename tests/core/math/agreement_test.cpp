#include "core/math/agreement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/base/random.h"

namespace iem {
namespace {

Eigen::VectorXi list(std::initializer_list<int> numbers) {
  Eigen::VectorXi out(static_cast<Eigen::Index>(numbers.size()));
  std::copy(numbers.begin(), numbers.end(), out.begin());
  return out;
}

// Values of sklearn.metrics.adjusted_rand_score 1.5.
TEST(Agreement, IsTheAdjustedRandIndex) {
  const auto ari = [](const Eigen::VectorXi& a, const Eigen::VectorXi& b) {
    return adjusted_rand_index(contingency(a, b));
  };
  EXPECT_EQ(ari(list({0, 0, 1, 1}), list({0, 0, 1, 1})), 1);
  EXPECT_EQ(ari(list({0, 0, 1, 1}), list({1, 1, 0, 0})), 1);
  EXPECT_NEAR(ari(list({0, 0, 1, 2}), list({0, 0, 1, 1})), 0.5714285714285714, 1e-15);
  EXPECT_NEAR(ari(list({0, 0, 0, 0}), list({0, 1, 2, 3})), 0, 1e-15);
  EXPECT_NEAR(ari(list({0, 0, 1, 1}), list({0, 1, 0, 1})), -0.5, 1e-15);
  EXPECT_EQ(ari(list({3, 3, 3}), list({0, 0, 0})), 1);
  // What has no label does not count.
  EXPECT_EQ(ari(list({0, 0, 1, 1, -1, -1}), list({0, 0, 1, 1, 0, 1})), 1);
  EXPECT_TRUE(std::isnan(ari(list({-1, -1}), list({0, 1}))));
}

// Against all assignments, tried one after the other.
TEST(Agreement, MatchesAsManyPointsAsAnyAssignment) {
  Random random(3);
  for (int trial = 0; trial < 200; ++trial) {
    const Eigen::Index classes = 1 + random.below(5), parts = 1 + random.below(5);
    Eigen::MatrixXd table(classes, parts);
    for (double& entry : table.reshaped()) entry = static_cast<double>(random.below(9));
    if (table.sum() == 0) continue;
    const Eigen::Index n = std::max(classes, parts);
    std::vector<Eigen::Index> to(static_cast<std::size_t>(n));
    std::iota(to.begin(), to.end(), 0);
    double most = 0;
    do {
      double hits = 0;
      for (Eigen::Index c = 0; c < classes; ++c)
        if (const Eigen::Index part = to[static_cast<std::size_t>(c)]; part < parts) hits += table(c, part);
      most = std::max(most, hits);
    } while (std::next_permutation(to.begin(), to.end()));
    EXPECT_EQ(matched_share(table), most / table.sum()) << table;
  }
  EXPECT_TRUE(std::isnan(matched_share(Eigen::MatrixXd::Zero(2, 2))));
}

}  // namespace
}  // namespace iem
