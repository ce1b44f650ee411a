// Points in an order in which neighbours stand together.
#include "core/data/near_order.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/support.h"

namespace iem {
namespace {

// The sum over groups of half the way around their boxes.
double extent(const NearOrder& order, std::size_t group) {
  double sum = 0;
  for (std::size_t first = 0; first < order.x.size(); first += group) {
    const auto last = static_cast<std::ptrdiff_t>(std::min(first + group, order.x.size()));
    const auto at = static_cast<std::ptrdiff_t>(first);
    for (const std::vector<double>& v : {order.x, order.y}) {
      const auto [low, high] = std::minmax_element(v.begin() + at, v.begin() + last);
      sum += *high - *low;
    }
  }
  return sum;
}

TEST(NearOrder, HoldsEveryPointOnceAndNeighboursTogether) {
  const Dataset data = testing::cloud(5000, 3);
  const NearOrder order = near_order(data.points, 100);
  std::vector<std::int32_t> rows = order.row;
  std::ranges::sort(rows);
  for (std::int32_t i = 0; i < 5000; ++i) {
    const auto at = static_cast<std::size_t>(i);
    ASSERT_EQ(rows[at], i);
    ASSERT_EQ(order.x[at], data.points(order.row[at], 0));
    ASSERT_EQ(order.y[at], data.points(order.row[at], 1));
  }
  NearOrder as_given{{data.points.col(0).begin(), data.points.col(0).end()},
                     {data.points.col(1).begin(), data.points.col(1).end()},
                     {}};
  EXPECT_LT(extent(order, 100), 0.3 * extent(as_given, 100));
}

TEST(NearOrder, PointsAtOnePlaceKeepTheirOrderAndAGroupKeepsItsOwn) {
  const NearOrder same = near_order(Eigen::MatrixXd::Constant(1000, 2, 1.5), 64);
  EXPECT_TRUE(std::ranges::is_sorted(same.row));
  const NearOrder whole = near_order(testing::cloud(64, 4).points, 64);
  EXPECT_TRUE(std::ranges::is_sorted(whole.row));
  EXPECT_TRUE(near_order(Eigen::MatrixXd(0, 2), 64).row.empty());
}

TEST(NearOrder, IsMadeOnceAndForgottenByACopyAndAFreshSeal) {
  Dataset data = testing::cloud(600, 5);
  const NearOrder* first = &data.near.of(data.points, 64);
  EXPECT_EQ(&data.near.of(data.points, 64), first);
  Dataset copy = data;
  copy.points.col(0).array() += 1;
  EXPECT_EQ(copy.near.of(copy.points, 64).x[0], copy.points(copy.near.of(copy.points, 64).row[0], 0));
  data.points.col(0).array() += 2;
  seal(data);
  EXPECT_EQ(data.near.of(data.points, 64).x[0], data.points(data.near.of(data.points, 64).row[0], 0));
}

}  // namespace
}  // namespace iem
