// One row of numbers a step: loss, gradient norm, the model's metrics, and the positions that leave a trail.
// Rows are kept in shared chunks, so copying a history (into a snapshot, a fork) costs little however long it
// is.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace iem {

class History {
 public:
  // Replaces row `step` if it exists, else appends it; steps are consecutive from 0.
  void record(std::int64_t step, std::span<const double> row, std::span<const double> trail);
  void truncate(std::int64_t last_step);  // forgets all rows after last_step

  std::int64_t size() const { return size_; }  // rows: steps 0..size-1
  std::span<const double> row(std::int64_t step) const;
  std::span<const double> trail(std::int64_t step) const;
  // Column `column` of steps 0..size-1; NaN where a row is shorter.
  std::vector<double> column(std::size_t column) const;

 private:
  struct Chunk {
    std::int64_t first = 0;
    std::size_t row_width = 0, trail_width = 0;
    std::vector<double> rows, trails;
    std::int64_t count() const { return row_width ? static_cast<std::int64_t>(rows.size() / row_width) : 0; }
  };
  const Chunk& chunk_of(std::int64_t step) const;
  static constexpr std::int64_t kChunkRows = 1024;
  std::vector<std::shared_ptr<Chunk>> chunks_;  // copied on write when shared
  std::int64_t size_ = 0;
};

}  // namespace iem
