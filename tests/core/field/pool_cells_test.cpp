#include "core/field/pool_cells.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
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

// In whichever order rows come: the sign of a cell must not depend on it.
TEST(PooledCells, LeaveOutWhatIsNotANumberAndKeepInfinity) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN(),
                   kInf = std::numeric_limits<double>::infinity();
  const std::vector<double> first = {2, kNan, kNan, kNan, 1e308, 0},
                            second = {-2, 1, kNan, kNan, -kInf, kNan};
  for (const bool swapped : {false, true}) {
    PooledCells cells(2, 6, 3, kNan);
    cells.add(0, (swapped ? second : first).data(), 6);
    cells.add(1, (swapped ? first : second).data(), 6);
    EXPECT_EQ(cells.values()[0], -2);
    EXPECT_TRUE(std::isnan(cells.values()[1]));
    EXPECT_EQ(cells.values()[2], -kInf);
  }
  PooledCells zero(1, 2, 1, kNan);
  const std::vector<double> row = {kNan, 0};
  zero.add(0, row.data(), 2);
  EXPECT_EQ(zero.values()[0], 0);
}

}  // namespace
}  // namespace iem
