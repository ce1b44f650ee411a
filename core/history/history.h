// The record of a run: for every step a row of numbers (loss, gradient norm, the model's metrics) and the
// positions that leave a trail. Memory stays bounded as track.h says: of a long run some steps are thinned
// out, but the first, the last, those of edits and each column's extremes are kept. Copying a history (into a
// snapshot, a fork) costs little however long it is.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/history/track.h"

namespace iem {

// What every row begins with; the metrics of its model follow (Model::metric_ids).
inline constexpr std::size_t kLossColumn = 0, kGradNormColumn = 1, kMetricColumns = 2;

class History {
 public:
  explicit History(std::size_t budget_bytes = 64u << 20);  // for rows, and as many for trails

  // Replaces row `step` if it is the last, else appends it. Steps are consecutive from 0; recording an
  // earlier step forgets all later ones. `keep`: this step is not thinned out (an edit was made at it).
  void record(std::int64_t step, std::span<const double> row, std::span<const double> trail,
              bool keep = false);
  // The first row of an empty history that begins at a later step. What lies before is not known: row() and
  // trail() are NaN there, and steps, columns and trails begin with this one.
  void begin_at(std::int64_t step, std::span<const double> row, std::span<const double> trail);
  // Adds the rows after `step` of a history that goes on from here (Track::append).
  void append(const History& later, std::int64_t step);
  // The first step after this one that is kept for its own sake in both, or the last; -1: there is none.
  std::int64_t kept_after(std::int64_t step) const {
    return std::max(rows_.kept_after(step), trails_.kept_after(step));
  }
  // Forgets all rows after last_step. If that step was thinned out, the rows between it and the last kept one
  // before it are forgotten too: size() is the step to be recorded next.
  void truncate(std::int64_t last_step);
  // Adds the row of a step that may have been thinned out, until the next change.
  void show(std::int64_t step, std::span<const double> row, std::span<const double> trail);
  bool has(std::int64_t step) const { return step >= first_ && rows_.has(step) && trails_.has(step); }

  std::int64_t size() const { return rows_.last() + 1; }  // steps 0..size-1
  std::int64_t first() const { return first_; }           // the first step that is known
  // The row and the trail of the last kept step at or before `step`.
  std::span<const double> row(std::int64_t step) const { return rows_.at(step).numbers; }
  std::span<const double> trail(std::int64_t step) const { return trails_.at(step).numbers; }

  // The steps whose rows are kept, and column `column` of each; NaN where a row is shorter.
  std::vector<double> steps() const;
  std::vector<double> column(std::size_t column) const;
  static constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);  // as `column`: NaN in every row
  // All trails that are kept.
  std::vector<Track::Row> trails() const { return known(trails_); }

  std::size_t bytes() const { return rows_.bytes() + trails_.bytes(); }

 private:
  std::vector<Track::Row> known(const Track& track) const;

  Track rows_, trails_;
  std::int64_t first_ = 0;  // where it is later, a row at step 0 stands for what is not known
};

}  // namespace iem
