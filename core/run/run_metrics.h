// The metrics that every run has, and those of runs whose points have responsibilities.
#pragma once

#include <vector>

#include "core/run/metric.h"

namespace iem {

// identity_error, contraction, steps_to_tolerance, points, labels.
//
// contraction at step t is (g_t / g_s)^(1 / (t - s)), g = |dJ/dtheta| and s = max(0, t - 10): the factor by
// which a step multiplies the gradient, as the geometric mean of the last ten. Near an optimum the gradient
// is proportional to the distance from it, so that this is the rate of linear convergence. NaN at step 0.
//
// steps_to_tolerance is the first step from which J - J* stays below comparison.settled up to the present
// one (core/run/settled.h); J* is comparison.best, else the lowest J so far. NaN where J is not so low now.
const std::vector<Metric>& run_metrics();

// run_metrics, and responsibilities, confidence, entropies, ari, matched_accuracy: for labs whose evaluation
// fills the responsibilities of every point. With the lab's own behind them.
//
// A point belongs to the component of its largest responsibility. ari is the adjusted Rand index (Hubert &
// Arabie 1985) of these parts and the labels, matched_accuracy the share of points in their own class under
// the best one-to-one matching of components and classes (core/math/agreement.h); points without a label do
// not count.
std::vector<Metric> share_metrics(std::vector<Metric> own);

// One of the model's own metrics (Model::metric_ids), under its name.
Metric model_metric(std::string id, std::string help, std::string unit = {});

// N x D as an expression has it: rows of numbers.
Tensor tensor_of(const Eigen::MatrixXd& matrix);

}  // namespace iem
