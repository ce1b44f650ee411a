#include "core/run/settled.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace iem {
double lowest_loss(const History& history) {
  double least = std::numeric_limits<double>::infinity();
  for (const double loss : history.column(kLossColumn))
    if (std::isfinite(loss) && loss < least) least = loss;
  return least;
}

double best_loss(const Snapshot& snapshot) {
  double best = lowest_loss(snapshot.history);
  for (const ComparedRun& run : snapshot.lanes) best = std::min(best, lowest_loss(run.history));
  return best;
}

std::optional<std::int64_t> settled_at(const History& history, double best, double tolerance) {
  const std::vector<double> steps = history.steps(), loss = history.column(kLossColumn);
  for (std::size_t i = 0; i < loss.size(); ++i)
    if (loss[i] - best < tolerance) return static_cast<std::int64_t>(steps[i]);
  return std::nullopt;
}

}  // namespace iem
