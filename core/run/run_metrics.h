// The metrics that every run has, and those of runs whose points have responsibilities.
#pragma once

#include <vector>

#include "core/run/metric.h"

namespace iem {

// identity_error, contraction, steps_to_tolerance, points, labels.
const std::vector<Metric>& run_metrics();

// run_metrics, and responsibilities, confidence, entropies, ari, matched_accuracy: for labs whose evaluation
// fills the responsibilities of every point. With the lab's own behind them.
std::vector<Metric> share_metrics(std::vector<Metric> own);

// One of the model's own metrics (Model::metric_ids), under its name.
Metric model_metric(std::string id, std::string help);

// N x D as an expression has it: rows of numbers.
Tensor tensor_of(const Eigen::MatrixXd& matrix);

}  // namespace iem
