#include "core/field/pool_cells.h"

#include <algorithm>
#include <bit>

namespace iem {
namespace {

// A key that orders numbers by magnitude, with the negative above the positive of the same magnitude: the
// bits with the sign moved to the end, plus one. NaN has the key 0, below all numbers. There is no branch in
// it, since the processor could not predict where extremes occur.
std::uint64_t order_of(double v) {
  constexpr std::uint64_t kInfinity = 0x7ff0000000000000;
  const std::uint64_t order = std::rotl(std::bit_cast<std::uint64_t>(v), 1);
  return order <= (kInfinity << 1 | 1) ? order + 1 : 0;
}

}  // namespace

PooledCells::PooledCells(std::int64_t rows, std::int64_t columns, std::int64_t most, double left_out)
    : side_(std::max<std::int64_t>(1, (std::max(rows, columns) + most - 1) / most)),
      rows_(static_cast<int>((rows + side_ - 1) / side_)),
      columns_(static_cast<int>((columns + side_ - 1) / side_)),
      values_(static_cast<std::size_t>(rows_) * static_cast<std::size_t>(columns_), left_out) {}

void PooledCells::add(std::int64_t row, const double* entries, std::int64_t count) {
  double* cells = values_.data() + (row / side_) * columns_;
  for (std::int64_t first = 0, cell = 0; first < count; first += side_, ++cell) {
    std::uint64_t most = order_of(cells[cell]);
    for (std::int64_t j = first; j < std::min(first + side_, count); ++j)
      most = std::max(most, order_of(entries[j]));
    if (most > 0) cells[cell] = std::bit_cast<double>(std::rotr(most - 1, 1));
  }
}

}  // namespace iem
