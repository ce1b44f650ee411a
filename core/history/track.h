// Rows of numbers by step, for runs of any length. Of the first n steps every row is kept, of the next n
// every second one, of the next 2n every fourth, and so on: memory grows with the logarithm of the length.
// Whether a row is kept depends on its step and width alone and never on what came later, so that the same
// run has the same rows whatever steps were visited on the way. The last row is always there.
//
// Rows lie in chunks that are not touched once they are full: copying a track costs little, and copies may be
// read on other threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace iem {

class Track {
 public:
  struct Row {
    std::int64_t step = 0;
    std::span<const double> numbers;  // valid until the track changes
  };

  // Uses about budget_bytes for 10^12 rows, and less for a shorter run. With `extremes`, the smallest and the
  // largest number of each column between two kept rows are kept too, where they lie outside the range of
  // those two.
  Track(std::size_t budget_bytes, bool extremes);

  // Replaces the last row if it is of this step, else appends; `keep`: a row to be kept whatever its step.
  void record(std::int64_t step, std::span<const double> row, bool keep);
  // Forgets all rows after last_step; and, if that is not kept, those after the last kept one before it.
  void truncate(std::int64_t last_step);
  // Adds the rows of a track of the same budget that goes on from here: those after `step`, which must be
  // kept there. What is kept is then what would be, had all of them been recorded here.
  void append(const Track& later, std::int64_t step);
  // The first row after `step` that is kept for its own sake, or the last row; -1: there is none.
  std::int64_t kept_after(std::int64_t step) const;
  // Puts a row among the others until the next change, for showing a step that is not kept.
  void show(std::int64_t step, std::span<const double> row);

  std::int64_t last() const;  // step of the last row; -1: there is none
  bool has(std::int64_t step) const;
  std::vector<Row> rows() const;
  Row at(std::int64_t step) const;  // the last row at or before this step, which must not be before the first
  std::int64_t dense(std::size_t width) const;  // below this step every row is kept
  std::size_t bytes() const;

 private:
  struct Chunk {
    std::size_t width = 0;
    std::vector<std::int64_t> steps;
    std::vector<double> numbers;
    std::vector<char> extreme;  // not kept for its step
    Row row(std::size_t i) const { return {steps[i], {numbers.data() + i * width, width}}; }
    void add(const Row& row, bool is_extreme);
    void drop_last();
  };
  struct Owned {
    std::int64_t step = 0;
    std::vector<double> numbers;
    Row row() const { return {step, numbers}; }
  };
  bool keeps(std::int64_t step, std::size_t width) const;
  void append(const Row& row);
  void add(const Row& row, bool is_extreme);
  void drop_after(std::int64_t step);
  void reopen();  // the last full chunk, when the tail is empty
  void remember_extremes(const Owned& row);
  std::vector<Row> extremes_before(const Row& end) const;

  std::size_t budget_;
  bool extremes_;
  std::vector<std::shared_ptr<const Chunk>> full_;
  Chunk tail_;                           // holds the last kept row
  std::optional<Owned> newest_;          // the last row, where it is not kept
  std::vector<Owned> lowest_, highest_;  // by column, of the rows since the last kept one without the newest
  std::optional<Owned> shown_;
};

}  // namespace iem
