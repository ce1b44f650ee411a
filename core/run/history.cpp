#include "core/run/history.h"

#include <algorithm>
#include <limits>

#include "core/base/check.h"

namespace iem {

void History::record(std::int64_t step, std::span<const double> row, std::span<const double> trail) {
  IEM_CHECK(step >= 0 && step <= size_ && !row.empty());
  if (step < size_) truncate(step - 1);
  const bool fits = !chunks_.empty() && chunks_.back()->row_width == row.size() &&
                    chunks_.back()->trail_width == trail.size() && chunks_.back()->count() < kChunkRows;
  if (!fits) {
    auto chunk = std::make_shared<Chunk>();
    *chunk = {step, row.size(), trail.size(), {}, {}};
    chunk->rows.reserve(static_cast<std::size_t>(64) * row.size());
    chunks_.push_back(std::move(chunk));
  } else if (chunks_.back().use_count() > 1) {
    chunks_.back() = std::make_shared<Chunk>(*chunks_.back());  // someone else looks at it: write to a copy
  }
  Chunk& chunk = *chunks_.back();
  chunk.rows.insert(chunk.rows.end(), row.begin(), row.end());
  chunk.trails.insert(chunk.trails.end(), trail.begin(), trail.end());
  size_ = step + 1;
}

void History::truncate(std::int64_t last_step) {
  if (last_step + 1 >= size_) return;
  size_ = std::max<std::int64_t>(last_step + 1, 0);
  while (!chunks_.empty() && chunks_.back()->first >= size_) chunks_.pop_back();
  if (chunks_.empty()) return;
  auto kept = std::make_shared<Chunk>(*chunks_.back());
  const auto count = static_cast<std::size_t>(size_ - kept->first);
  kept->rows.resize(std::min(kept->rows.size(), count * kept->row_width));
  kept->trails.resize(std::min(kept->trails.size(), count * kept->trail_width));
  chunks_.back() = std::move(kept);
}

const History::Chunk& History::chunk_of(std::int64_t step) const {
  IEM_CHECK(step >= 0 && step < size_);
  const auto after = std::upper_bound(chunks_.begin(), chunks_.end(), step,
                                      [](std::int64_t s, const auto& chunk) { return s < chunk->first; });
  return **std::prev(after);
}

std::span<const double> History::row(std::int64_t step) const {
  const Chunk& chunk = chunk_of(step);
  return {chunk.rows.data() + static_cast<std::size_t>(step - chunk.first) * chunk.row_width,
          chunk.row_width};
}

std::span<const double> History::trail(std::int64_t step) const {
  const Chunk& chunk = chunk_of(step);
  return {chunk.trails.data() + static_cast<std::size_t>(step - chunk.first) * chunk.trail_width,
          chunk.trail_width};
}

std::vector<double> History::column(std::size_t column) const {
  std::vector<double> out;
  out.reserve(static_cast<std::size_t>(size_));
  for (const auto& chunk : chunks_)
    for (std::int64_t i = 0; i < chunk->count(); ++i)
      out.push_back(column < chunk->row_width
                        ? chunk->rows[static_cast<std::size_t>(i) * chunk->row_width + column]
                        : std::numeric_limits<double>::quiet_NaN());
  return out;
}

}  // namespace iem
