#include "core/math/weighted_median.h"

#include <gtest/gtest.h>

namespace iem {
namespace {

double median(std::initializer_list<double> x, std::initializer_list<double> w) {
  const Eigen::VectorXd xs =
      Eigen::Map<const Eigen::VectorXd>(x.begin(), static_cast<Eigen::Index>(x.size()));
  const Eigen::VectorXd ws =
      Eigen::Map<const Eigen::VectorXd>(w.begin(), static_cast<Eigen::Index>(w.size()));
  return weighted_median(xs, ws, sorted_order(xs));
}

TEST(WeightedMedian, OfEqualWeightsIsTheMedian) {
  EXPECT_EQ(median({3, 1, 2}, {1, 1, 1}), 2);
  EXPECT_EQ(median({4, 1, 3, 2}, {1, 1, 1, 1}), 2.5);
  EXPECT_EQ(median({5}, {0.1}), 5);
}

TEST(WeightedMedian, FollowsTheWeight) {
  EXPECT_EQ(median({1, 2, 10}, {1, 1, 3}), 10);
  EXPECT_EQ(median({1, 2, 10}, {2, 1, 1}), 1.5);
  EXPECT_EQ(median({1, 2, 10}, {1, 0, 1}), 5.5);  // a point without weight does not count
  EXPECT_EQ(median({1, 2, 10}, {0, 0, 1}), 10);
}

TEST(WeightedMedian, TiesInTheOrderKeepTheirIndices) {
  Eigen::VectorXd x(4);
  x << 2, 1, 2, 1;
  EXPECT_EQ(sorted_order(x), (std::vector<Eigen::Index>{1, 3, 0, 2}));
}

}  // namespace
}  // namespace iem
