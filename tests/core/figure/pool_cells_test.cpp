#include "core/figure/pool_cells.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/base/random.h"

namespace iem {
namespace {

TEST(PooledCells, KeepEveryExtremeWithItsSign) {
  constexpr int kRows = 131, kColumns = 977;
  Random random(4);
  std::vector<double> all(kRows * kColumns);
  for (double& v : all) v = random.normal();
  all[57 * kColumns + 613] = -40;
  all[130 * kColumns + 976] = 30;  // the last corner
  PooledCells cells(kRows, kColumns, 100);
  for (int row = 0; row < kRows; ++row) cells.add(row, all.data() + row * kColumns, kColumns);
  EXPECT_EQ(cells.side(), 10);
  EXPECT_EQ(cells.rows(), 14);
  EXPECT_EQ(cells.columns(), 98);
  const auto at = [&](int row, int column) {
    return cells.values()[static_cast<std::size_t>(row * cells.columns() + column)];
  };
  EXPECT_EQ(at(5, 61), -40);
  EXPECT_EQ(at(13, 97), 30);
  for (int row = 0; row < kRows; ++row)
    for (int column = 0; column < kColumns; ++column)
      ASSERT_LE(std::abs(all[static_cast<std::size_t>(row * kColumns + column)]),
                std::abs(at(row / 10, column / 10)));
}

TEST(PooledCells, AreTheEntriesThemselvesWhereThereIsRoom) {
  const std::vector<double> row = {1, -2, 3};
  PooledCells cells(1, 3, 3);
  cells.add(0, row.data(), 3);
  EXPECT_EQ(cells.side(), 1);
  EXPECT_EQ(cells.values(), row);
}

TEST(PooledCells, CountWhatARowLeavesOutAsZero) {
  const std::vector<double> row = {-5};
  PooledCells cells(2, 4, 2);
  cells.add(1, row.data(), 1);
  EXPECT_EQ(cells.values(), (std::vector<double>{-5, 0}));
}

}  // namespace
}  // namespace iem
