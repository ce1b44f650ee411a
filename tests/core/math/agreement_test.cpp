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

// Its definition: over all pairs of points, whether both partitions put them together.
double ari_of_pairs(const Eigen::VectorXi& a, const Eigen::VectorXi& b) {
  double both = 0, first = 0, second = 0, all = 0;
  for (Eigen::Index i = 0; i < a.size(); ++i)
    for (Eigen::Index j = 0; j < i; ++j) {
      both += a[i] == a[j] && b[i] == b[j];
      first += a[i] == a[j];
      second += b[i] == b[j];
      ++all;
    }
  const double expected = first * second / all;
  return (both - expected) / ((first + second) / 2 - expected);
}

TEST(Agreement, CountsPairsAndNotNames) {
  Random random(5);
  for (int trial = 0; trial < 100; ++trial) {
    const int classes = 2 + static_cast<int>(random.below(4)), parts = 2 + static_cast<int>(random.below(4));
    Eigen::VectorXi a(40), b(40);
    for (int& label : a) label = static_cast<int>(random.below(static_cast<std::uint64_t>(classes)));
    for (int& part : b) part = static_cast<int>(random.below(static_cast<std::uint64_t>(parts)));
    const Eigen::MatrixXd table = contingency(a, b);
    EXPECT_NEAR(adjusted_rand_index(table), ari_of_pairs(a, b), 1e-13);
    EXPECT_NEAR(adjusted_rand_index(contingency(b, a)), ari_of_pairs(a, b), 1e-13);
    // Other numbers for the same classes and parts.
    const auto renamed = [](const Eigen::VectorXi& from, int count) {
      return Eigen::VectorXi(from.unaryExpr([count](int old) { return (old + 1) % count; }));
    };
    const Eigen::MatrixXd other = contingency(renamed(a, classes), renamed(b, parts));
    EXPECT_NEAR(adjusted_rand_index(other), adjusted_rand_index(table), 1e-13);
    EXPECT_EQ(matched_share(other), matched_share(table));
  }
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
