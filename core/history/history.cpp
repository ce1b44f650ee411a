#include "core/history/history.h"

#include <limits>

#include "core/base/check.h"

namespace iem {

History::History(std::size_t budget_bytes) : rows_(budget_bytes, true), trails_(budget_bytes, false) {}

void History::record(std::int64_t step, std::span<const double> row, std::span<const double> trail,
                     bool keep) {
  if (step + 1 < size()) truncate(step);
  IEM_CHECK(step >= 0 && (step == size() || step + 1 == size()) && !row.empty());
  rows_.record(step, row, keep);
  trails_.record(step, trail, keep);
}

void History::begin_at(std::int64_t step, std::span<const double> row, std::span<const double> trail) {
  IEM_CHECK(size() == 0);
  const auto unknown = [](std::span<const double> numbers) {
    return std::vector<double>(numbers.size(), std::numeric_limits<double>::quiet_NaN());
  };
  first_ = step;
  if (step > 0) {
    rows_.record(0, unknown(row), true);
    trails_.record(0, unknown(trail), true);
  }
  rows_.record(step, row, true);
  trails_.record(step, trail, true);
}

void History::append(const History& later, std::int64_t step) {
  rows_.append(later.rows_, step);
  trails_.append(later.trails_, step);
}

void History::truncate(std::int64_t last_step) {
  rows_.truncate(last_step);
  trails_.truncate(size() - 1);
}

void History::show(std::int64_t step, std::span<const double> row, std::span<const double> trail) {
  rows_.show(step, row);
  trails_.show(step, trail);
}

std::vector<Track::Row> History::known(const Track& track) const {
  std::vector<Track::Row> out = track.rows();
  if (first_ > 0) std::erase_if(out, [this](const Track::Row& row) { return row.step < first_; });
  return out;
}

std::vector<double> History::steps() const {
  std::vector<double> out;
  for (const Track::Row& row : known(rows_)) out.push_back(static_cast<double>(row.step));
  return out;
}

std::vector<double> History::column(std::size_t column) const {
  std::vector<double> out;
  for (const Track::Row& row : known(rows_))
    out.push_back(column < row.numbers.size() ? row.numbers[column]
                                              : std::numeric_limits<double>::quiet_NaN());
  return out;
}

}  // namespace iem
