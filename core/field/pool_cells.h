// A matrix shown with fewer cells than it has entries, so that no extreme entry disappears.
#pragma once

#include <cstdint>
#include <vector>

namespace iem {

// Gathers rows of a large matrix into at most most_rows x most_columns cells; each cell keeps the entry of
// greatest magnitude, with its sign (of equal ones the negative). Cells are square blocks of `side` x `side`
// entries.
class PooledCells {
 public:
  // `left_out` is the value of a cell without any entry.
  PooledCells(std::int64_t rows, std::int64_t columns, std::int64_t most, double left_out = 0);

  // Adds the entries of row `row` from column 0 on; NaNs are left out.
  void add(std::int64_t row, const double* entries, std::int64_t count);

  std::int64_t side() const { return side_; }
  int rows() const { return rows_; }
  int columns() const { return columns_; }
  const std::vector<double>& values() const { return values_; }  // row-major

 private:
  std::int64_t side_;
  int rows_, columns_;
  std::vector<double> values_;
};

}  // namespace iem
