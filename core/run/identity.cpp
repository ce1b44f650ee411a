#include "core/run/identity.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/math/responsibility.h"
#include "core/run/problem.h"

namespace iem {

IdentitySample lse_identity_sample(const Run& run, Eigen::Index points) {
  const Setup& setup = run.setup();
  const bool without_data = setup.data->size() == 0;
  const Eigen::MatrixXd all =
      without_data ? setup.problem().identity_points(setup.config()) : setup.data->points;
  const Eigen::Index n = all.rows(), count = std::min(n, points);
  IdentitySample sample;
  if (!setup.model->responsibilities_unavailable().empty()) {
    sample.largest_difference = std::numeric_limits<double>::quiet_NaN();
    return sample;
  }
  Dataset part;
  part.points.resize(count, all.cols());
  for (Eigen::Index i = 0; i < count; ++i) {
    sample.points.push_back(i * n / count);
    part.points.row(i) = all.row(sample.points.back());
  }
  // Energies and claimed responsibilities come from the very pass that the run uses.
  Evaluation evaluation;
  const double tau = run.temperature();
  setup.model->evaluate(run.state().theta, tau, part, {}, Wanted::rows, run.pool(), evaluation);
  sample.claimed = -evaluation.responsibilities;
  sample.computed.resize(count, evaluation.energies.cols());
  const Responsibility rule = setup.model->responsibility();
  std::vector<double> d(static_cast<std::size_t>(evaluation.energies.cols())), r(d.size()), slopes(d.size());
  bool has_z = true;
  for (Eigen::Index i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < d.size(); ++j) d[j] = evaluation.energies(i, static_cast<Eigen::Index>(j));
    has_z = has_z && std::isfinite(log_partition(rule, d, tau, r));
    log_partition_derivatives(rule, d, tau, slopes);
    sample.computed.row(i) = Eigen::RowVectorXd::Map(slopes.data(), evaluation.energies.cols());
  }
  // Where Z is not finite both sides come from an overflow, and comparing them would mean nothing.
  if (!has_z || !sample.claimed.allFinite() || !sample.computed.allFinite())
    sample.largest_difference = std::numeric_limits<double>::quiet_NaN();
  if (count > 0 && !std::isnan(sample.largest_difference)) {
    const double scale = std::max(1.0, sample.computed.cwiseAbs().maxCoeff());
    sample.largest_difference = (sample.claimed - sample.computed).cwiseAbs().maxCoeff() / scale;
  }
  return sample;
}

IdentitySample identity_sample(const Run& run, Eigen::Index points) {
  return run.setup().problem().identity_sample(run, points);
}

double identity_error(const Run& run) { return identity_sample(run, 64).largest_difference; }

}  // namespace iem
