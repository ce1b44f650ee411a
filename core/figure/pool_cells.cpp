#include "core/figure/pool_cells.h"

#include <algorithm>
#include <cmath>

namespace iem {

PooledCells::PooledCells(std::int64_t rows, std::int64_t columns, std::int64_t most, double left_out)
    : side_(std::max<std::int64_t>(1, (std::max(rows, columns) + most - 1) / most)),
      rows_(static_cast<int>((rows + side_ - 1) / side_)),
      columns_(static_cast<int>((columns + side_ - 1) / side_)),
      values_(static_cast<std::size_t>(rows_) * static_cast<std::size_t>(columns_), left_out) {}

void PooledCells::add(std::int64_t row, const double* entries, std::int64_t count) {
  double* cells = values_.data() + (row / side_) * columns_;
  for (std::int64_t first = 0, cell = 0; first < count; first += side_, ++cell) {
    double extreme = cells[cell];
    for (std::int64_t j = first; j < std::min(first + side_, count); ++j)
      if (!std::isnan(entries[j]) && !(std::abs(entries[j]) <= std::abs(extreme))) extreme = entries[j];
    cells[cell] = extreme;
  }
}

}  // namespace iem
