#include "core/run/fault.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace iem {

std::string fault_of(const Model& model, const Theta& theta, const Evaluation& evaluation) {
  for (const Block& block : model.layout().blocks())
    if (!theta.segment(block.offset, block.size()).allFinite()) return block.name;
  // A factor of a covariance can be finite where its inverse, squared, is not.
  const bool tame = model.natural_is_tame(theta);
  for (const NamedTensor& block : tame ? std::vector<NamedTensor>{} : model.natural(theta))
    if (!std::ranges::all_of(block.tensor.data, [](double v) { return std::isfinite(v); })) return block.name;
  if (evaluation.has_loss && !std::isfinite(evaluation.loss)) return "loss";
  return evaluation.gradient.allFinite() ? "" : "gradient";
}

bool is_broken(const Run& run) { return run.divergence() && run.divergence()->step == run.state().step; }

std::string fault_point(const Model& model, const Theta& theta, double tau, const Dataset& data,
                        ThreadPool& pool) {
  // In attention the loss of a query depends on the other points, so a point cannot be evaluated alone.
  if (model.reports_drift() || !model.responsibilities_unavailable().empty()) return "";
  constexpr Eigen::Index kRows = 4096;  // at a time: N x K energies may not fit
  Evaluation e;
  Dataset part;
  for (Eigen::Index first = 0; first < data.size(); first += kRows) {
    part.points = data.points.middleRows(first, std::min(kRows, data.size() - first));
    model.evaluate(theta, tau, part, {}, Wanted::rows, pool, e);
    std::vector<double> d(static_cast<std::size_t>(e.energies.cols())), r(d.size());
    for (Eigen::Index i = 0; i < e.energies.rows(); ++i) {
      for (std::size_t j = 0; j < d.size(); ++j) d[j] = e.energies(i, static_cast<Eigen::Index>(j));
      if (std::isfinite(log_partition(model.responsibility(), d, tau, r))) continue;
      return "no energy of point " + std::to_string(first + i + 1) + ", counted from 1, is finite";
    }
  }
  return "";
}

}  // namespace iem
