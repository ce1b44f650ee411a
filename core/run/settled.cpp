#include "core/run/settled.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace iem {
namespace {

// How many of the kept steps are no later than `until`.
std::size_t kept_until(const std::vector<double>& steps, std::int64_t until) {
  return static_cast<std::size_t>(std::ranges::upper_bound(steps, static_cast<double>(until)) -
                                  steps.begin());
}

}  // namespace

double lowest_loss(const History& history, std::int64_t until) {
  const std::vector<double> loss = history.column(kLossColumn);
  const std::size_t known = std::min(loss.size(), kept_until(history.steps(), until));
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < known; ++i)
    if (std::isfinite(loss[i]) && loss[i] < least) least = loss[i];
  return least;
}

double best_loss(const Snapshot& snapshot) {
  double best = lowest_loss(snapshot.history);
  for (const ComparedRun& run : snapshot.lanes) best = std::min(best, lowest_loss(run.history));
  return best;
}

std::optional<std::int64_t> settled_at(const History& history, double best, double tolerance,
                                       std::int64_t until) {
  const std::vector<double> steps = history.steps(), loss = history.column(kLossColumn);
  std::size_t from = std::min(loss.size(), kept_until(steps, until));
  const std::size_t end = from;
  while (from > 0 && loss[from - 1] - best < tolerance) --from;
  // Of a run whose past is not known yet nobody can say.
  if (from == end || (from == 0 && history.first() > 0)) return std::nullopt;
  return static_cast<std::int64_t>(steps[from]);
}

}  // namespace iem
