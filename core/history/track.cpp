#include "core/history/track.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "core/base/check.h"

namespace iem {
namespace {

constexpr std::size_t kChunkNumbers = 8192;
constexpr std::size_t kOctaves = 16;  // 10^12 steps keep at most this many times the rows of the dense part

}  // namespace

Track::Track(std::size_t budget_bytes, bool extremes) : budget_(budget_bytes), extremes_(extremes) {}

void Track::Chunk::add(const Row& row, bool is_extreme) {
  width = row.numbers.size();
  steps.push_back(row.step);
  numbers.insert(numbers.end(), row.numbers.begin(), row.numbers.end());
  extreme.push_back(static_cast<char>(is_extreme));
}

void Track::Chunk::drop_last() {
  steps.pop_back();
  extreme.pop_back();
  numbers.resize(steps.size() * width);
}

void Track::reopen() {
  if (!tail_.steps.empty() || full_.empty()) return;
  tail_ = *full_.back();
  full_.pop_back();
}

void Track::drop_after(std::int64_t step) {
  for (reopen(); !tail_.steps.empty() && tail_.steps.back() > step; reopen()) tail_.drop_last();
}

std::int64_t Track::dense(std::size_t width) const {
  const std::size_t row = sizeof(double) * (width + 1) * (extremes_ ? 1 + 2 * width : 1);
  return static_cast<std::int64_t>(std::bit_floor(std::max<std::size_t>(1, budget_ / (kOctaves * row))));
}

bool Track::keeps(std::int64_t step, std::size_t width) const {
  const std::int64_t every = dense(width);
  if (step < every) return true;
  return step % (2 * static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(step / every)))) ==
         0;
}

std::int64_t Track::last() const {
  if (newest_) return newest_->step;
  return tail_.steps.empty() ? -1 : tail_.steps.back();
}

void Track::record(std::int64_t step, std::span<const double> row, bool keep) {
  shown_.reset();
  IEM_CHECK(step >= last());
  const std::vector<double> numbers(row.begin(), row.end());  // may be one of ours
  if (newest_ && newest_->step < step) remember_extremes(*newest_);
  newest_.reset();
  drop_after(step - 1);
  if (keep || keeps(step, numbers.size())) {
    append({step, numbers});
  } else {
    newest_ = Owned{step, numbers};
  }
}

void Track::append(const Row& row) {
  for (const Row& between : extremes_before(row)) add(between, true);
  add(row, false);
  lowest_.clear();
  highest_.clear();
}

void Track::add(const Row& row, bool is_extreme) {
  const std::size_t width = row.numbers.size();
  const bool room = tail_.steps.size() * (width + 1) < kChunkNumbers;
  if (!tail_.steps.empty() && !(room && tail_.width == width)) {
    tail_.numbers.shrink_to_fit();
    full_.push_back(std::make_shared<const Chunk>(std::move(tail_)));
    tail_ = {};
  }
  tail_.add(row, is_extreme);
}

// A column that is NaN has no extremes.
void Track::remember_extremes(const Owned& row) {
  if (!extremes_) return;
  const std::size_t width = row.numbers.size();
  if (lowest_.size() != width) {
    lowest_.assign(width, row);
    highest_.assign(width, row);
  }
  for (std::size_t c = 0; c < width; ++c) {
    if (!(row.numbers[c] >= lowest_[c].numbers[c])) lowest_[c] = row;
    if (!(row.numbers[c] <= highest_[c].numbers[c])) highest_[c] = row;
  }
}

// The rows since the last kept one that have a number outside the range of that row and `end`, in order of
// steps.
std::vector<Track::Row> Track::extremes_before(const Row& end) const {
  std::vector<Row> out;
  if (lowest_.empty() || tail_.steps.empty()) return out;
  const Row begin = tail_.row(tail_.steps.size() - 1);
  const std::size_t width = std::min({lowest_.size(), begin.numbers.size(), end.numbers.size()});
  for (std::size_t c = 0; c < width; ++c) {
    const double a = begin.numbers[c], b = end.numbers[c];
    if (lowest_[c].numbers[c] < std::min(a, b)) out.push_back(lowest_[c].row());
    if (highest_[c].numbers[c] > std::max(a, b)) out.push_back(highest_[c].row());
  }
  std::sort(out.begin(), out.end(), [](const Row& x, const Row& y) { return x.step < y.step; });
  const auto same = [](const Row& x, const Row& y) { return x.step == y.step; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

void Track::truncate(std::int64_t last_step) {
  shown_.reset();
  if (last_step >= last()) return;
  newest_.reset();
  lowest_.clear();
  highest_.clear();
  drop_after(last_step);
  for (; !tail_.steps.empty() && tail_.extreme.back(); reopen()) tail_.drop_last();
}

// A row that is kept as an extreme only may be one no longer beside other rows.
void Track::append(const Track& later, std::int64_t step) {
  const auto add_all = [&](const Chunk& chunk) {
    for (std::size_t i = 0; i < chunk.steps.size(); ++i)
      if (const Row row = chunk.row(i); row.step > step) record(row.step, row.numbers, chunk.extreme[i] == 0);
  };
  for (const auto& chunk : later.full_) add_all(*chunk);
  add_all(later.tail_);
  std::vector<Row> open;
  for (const auto* rows : {&later.lowest_, &later.highest_})
    for (const Owned& row : *rows) open.push_back(row.row());
  if (later.newest_) open.push_back(later.newest_->row());
  std::ranges::stable_sort(open, {}, &Row::step);
  for (const Row& row : open)
    if (row.step > last()) record(row.step, row.numbers, false);
}

std::int64_t Track::kept_after(std::int64_t step) const {
  const auto in = [step](const Chunk& chunk) -> std::int64_t {
    for (std::size_t i = 0; i < chunk.steps.size(); ++i)
      if (chunk.steps[i] > step && chunk.extreme[i] == 0) return chunk.steps[i];
    return -1;
  };
  for (const auto& chunk : full_)
    if (const std::int64_t found = in(*chunk); found >= 0) return found;
  if (const std::int64_t found = in(tail_); found >= 0) return found;
  return last() > step ? last() : -1;
}

void Track::show(std::int64_t step, std::span<const double> row) {
  shown_.reset();
  if (!has(step)) shown_ = Owned{step, {row.begin(), row.end()}};
}

std::vector<Track::Row> Track::rows() const {
  std::vector<Row> out;
  const auto add = [&out](const Chunk& chunk) {
    for (std::size_t i = 0; i < chunk.steps.size(); ++i) out.push_back(chunk.row(i));
  };
  for (const auto& chunk : full_) add(*chunk);
  add(tail_);
  if (newest_) {
    for (const Row& extreme : extremes_before(newest_->row())) out.push_back(extreme);
    out.push_back(newest_->row());
  }
  if (!shown_) return out;
  const auto after = std::lower_bound(out.begin(), out.end(), shown_->step,
                                      [](const Row& row, std::int64_t step) { return row.step < step; });
  const bool there = after != out.end() && after->step == shown_->step;
  if (!there) out.insert(after, shown_->row());
  return out;
}

Track::Row Track::at(std::int64_t step) const {
  if (newest_ && step >= newest_->step) return newest_->row();
  const auto in = [step](const Chunk& chunk) {
    const auto after = std::upper_bound(chunk.steps.begin(), chunk.steps.end(), step);
    IEM_CHECK(after != chunk.steps.begin());
    return chunk.row(static_cast<std::size_t>(after - chunk.steps.begin()) - 1);
  };
  Row found;
  if (full_.empty() || (!tail_.steps.empty() && tail_.steps.front() <= step)) {
    found = in(tail_);
  } else {
    const auto after =
        std::upper_bound(full_.begin(), full_.end(), step,
                         [](std::int64_t s, const auto& chunk) { return s < chunk->steps.front(); });
    IEM_CHECK(after != full_.begin());
    found = in(**std::prev(after));
  }
  const bool nearer = shown_ && shown_->step <= step && shown_->step > found.step;
  return nearer ? shown_->row() : found;
}

bool Track::has(std::int64_t step) const {
  const bool begun = !tail_.steps.empty() || newest_;
  return begun && step >= 0 && at(step).step == step;
}

std::size_t Track::bytes() const {
  std::size_t numbers = tail_.numbers.size() + tail_.steps.size();
  for (const auto& chunk : full_) numbers += chunk->numbers.size() + chunk->steps.size();
  for (const auto* open : {&lowest_, &highest_})
    for (const Owned& row : *open) numbers += row.numbers.size() + 1;
  if (newest_) numbers += newest_->numbers.size() + 1;
  return numbers * sizeof(double);
}

}  // namespace iem
