#include "core/run/settled.h"

#include <algorithm>
#include <limits>

namespace iem {
namespace {

double lowest(const History& history) {
  double least = std::numeric_limits<double>::infinity();
  for (const double loss : history.column(kLossColumn))
    if (loss < least) least = loss;  // false for NaN
  return least;
}

}  // namespace

double best_loss(const Snapshot& snapshot) {
  double best = lowest(snapshot.history);
  for (const ComparedRun& run : snapshot.lanes) best = std::min(best, lowest(run.history));
  return best;
}

std::optional<std::int64_t> settled_at(const History& history, double best, double tolerance) {
  const std::vector<double> steps = history.steps(), loss = history.column(kLossColumn);
  for (std::size_t i = 0; i < loss.size(); ++i)
    if (loss[i] - best < tolerance) return static_cast<std::int64_t>(steps[i]);
  return std::nullopt;
}

}  // namespace iem
