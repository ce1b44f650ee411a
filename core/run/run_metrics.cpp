#include "core/run/run_metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/config/common_parameters.h"
#include "core/math/agreement.h"
#include "core/run/identity.h"
#include "core/run/problem.h"
#include "core/run/settled.h"

namespace iem {
namespace {

constexpr std::int64_t kContractionSteps = 10;
const double kNone = std::numeric_limits<double>::quiet_NaN();

Tensor number(double value) { return {{}, {value}}; }

double contraction(const Run& run) {
  const std::int64_t now = run.state().step;
  std::int64_t before = std::max<std::int64_t>(0, now - kContractionSteps);
  if (!run.history().has(before)) {
    const std::vector<double> kept = run.history().steps();
    const auto after = std::ranges::upper_bound(kept, static_cast<double>(before));
    before = after == kept.begin() ? now : static_cast<std::int64_t>(*(after - 1));
  }
  if (before >= now) return kNone;
  const double from = run.history().row(before)[kGradNormColumn], to = run.evaluation().gradient_norm();
  return from > 0 ? libm::pow(to / from, 1.0 / static_cast<double>(now - before)) : kNone;
}

double steps_to_tolerance(const Run& run) {
  if (!run.evaluation().has_loss) return kNone;
  const History history = run.history_here();
  const std::int64_t now = run.state().step;
  const Config& config = run.setup().config();
  const double best = given_best(config).value_or(lowest_loss(history, now));
  const auto at = settled_at(history, best, settled_tolerance(config), now);
  return at ? static_cast<double>(*at) : kNone;
}

Tensor labels_of(const Run& run) {
  const Eigen::VectorXi& labels = run.setup().data->labels;
  Tensor out{{labels.size()}, {}};
  out.data.assign(labels.begin(), labels.end());
  return out;
}

std::string without_labels(const Run& run) {
  const Eigen::VectorXi& labels = run.setup().data->labels;
  return labels.size() > 0 && labels.maxCoeff() >= 0 ? "" : "The points have no labels.";
}
std::string without_points(const Run& run) {
  return run.setup().data->size() > 0 ? "" : "There are no points.";
}
std::string without_shares(const Run& run) {
  const std::string none = run.setup().model->responsibilities_unavailable();
  return none.empty() ? without_points(run) : none;
}
std::string without_classes(const Run& run) {
  const std::string none = without_shares(run);
  return none.empty() ? without_labels(run) : none;
}

Eigen::MatrixXd responsibilities_of(const Run& run) {
  Evaluation rows;
  run.setup().model->evaluate(run.state().theta, run.temperature(), *run.setup().data, {}, Wanted::rows,
                              run.pool(), rows);
  return std::move(rows.responsibilities);
}

// Labels against the component with the largest share in each point, the first of several.
Eigen::MatrixXd classes_against_components(const Run& run) {
  const Eigen::MatrixXd r = responsibilities_of(run);
  Eigen::VectorXi parts(r.rows());
  for (Eigen::Index i = 0; i < r.rows(); ++i) r.row(i).maxCoeff(&parts[i]);
  return contingency(run.setup().data->labels, parts);
}

Tensor entropies_of(const Run& run) {
  const Eigen::MatrixXd r = responsibilities_of(run);
  Tensor out{{r.rows()}, std::vector<double>(static_cast<std::size_t>(r.rows()))};
  for (Eigen::Index j = 0; j < r.cols(); ++j)
    for (Eigen::Index i = 0; i < r.rows(); ++i)
      if (r(i, j) > 0) out.data[static_cast<std::size_t>(i)] -= r(i, j) * libm::log(r(i, j));
  return out;
}

using Arguments = std::span<const double>;

}  // namespace

Tensor tensor_of(const Eigen::MatrixXd& matrix) {
  Tensor out{{matrix.rows(), matrix.cols()}, {}};
  out.data.reserve(static_cast<std::size_t>(matrix.size()));
  for (Eigen::Index i = 0; i < matrix.rows(); ++i)
    for (Eigen::Index j = 0; j < matrix.cols(); ++j) out.data.push_back(matrix(i, j));
  return out;
}

Metric model_metric(std::string id, std::string help, std::string unit) {
  const auto place = [id](const Run& run) {
    const std::vector<std::string> ids = run.setup().model->metric_ids();
    return std::ranges::find(ids, id) - ids.begin();
  };
  return {
      .id = id,
      .help = std::move(help),
      .unit = std::move(unit),
      .unavailable = [place](const Run& run) -> std::string {
        return place(run) < run.evaluation().metrics.size() ? "" : "This model has none.";
      },
      .value = [place](const Run& run, Arguments) { return number(run.evaluation().metrics[place(run)]); }};
}

const std::vector<Metric>& run_metrics() {
  static const std::vector<Metric> all = {
      {.id = "identity_error",
       .help = "The error of the lab's identity on at most 64 points.",
       .value = [](const Run& run, Arguments) { return number(identity_error(run)); }},
      {.id = "contraction",
       .help =
           "By how much a step multiplies the length of the gradient, over the last ten steps: the rate of "
           "convergence.",
       .in_tables = true,
       .value = [](const Run& run, Arguments) { return number(contraction(run)); }},
      {.id = "steps_to_tolerance",
       .help = "The first step from which J stays within comparison.settled of comparison.best, or of the "
               "lowest J reached so far.",
       .unit = "steps",
       .at_end = true,
       .value = [](const Run& run, Arguments) { return number(steps_to_tolerance(run)); }},
      {.id = "points",
       .help = "The points, a row each.",
       .unavailable = without_points,
       .value = [](const Run& run, Arguments) { return tensor_of(run.setup().data->points); }},
      {.id = "labels",
       .help = "The labels of the points; -1: none.",
       .unavailable = without_labels,
       .value = [](const Run& run, Arguments) { return labels_of(run); }},
  };
  return all;
}

std::vector<Metric> share_metrics(std::vector<Metric> own) {
  std::vector<Metric> out = {
      {.id = "ari",
       .help = "How well the components agree with the labels: the adjusted Rand index, 1 where they are the "
               "same.",
       .in_tables = true,
       .unavailable = without_classes,
       .value = [](const Run& run,
                   Arguments) { return number(adjusted_rand_index(classes_against_components(run))); }},
      {.id = "matched_accuracy",
       .help =
           "The share of points whose component stands for their label, under the best matching of one to "
           "one.",
       .in_tables = true,
       .unavailable = without_classes,
       .value = [](const Run& run,
                   Arguments) { return number(matched_share(classes_against_components(run))); }},
      {.id = "responsibilities",
       .help = "r, a row a point.",
       .unavailable = without_shares,
       .value = [](const Run& run, Arguments) { return tensor_of(responsibilities_of(run)); }},
      {.id = "confidence",
       .help = "The largest responsibility of each point.",
       .unavailable = without_shares,
       .value =
           [](const Run& run, Arguments) {
             const Eigen::VectorXd most = responsibilities_of(run).rowwise().maxCoeff();
             return Tensor{{most.size()}, {most.begin(), most.end()}};
           }},
      {.id = "entropies",
       .help = "The entropy of each point's responsibilities, in nats.",
       .unit = "nats",
       .unavailable = without_shares,
       .value = [](const Run& run, Arguments) { return entropies_of(run); }},
  };
  out.insert(out.end(), run_metrics().begin(), run_metrics().end());
  out.insert(out.end(), own.begin(), own.end());
  return out;
}

namespace {

std::vector<const Metric*> offered(const Run& run, bool Metric::*where) {
  std::vector<const Metric*> out;
  for (const Metric& metric : run.setup().problem().metrics())
    if (metric.*where && (!metric.unavailable || metric.unavailable(run).empty())) out.push_back(&metric);
  return out;
}

}  // namespace

std::vector<const Metric*> table_metrics(const Run& run) { return offered(run, &Metric::in_tables); }
std::vector<const Metric*> end_metrics(const Run& run) { return offered(run, &Metric::at_end); }

std::vector<std::string> table_metric_ids(const Run& run) {
  std::vector<std::string> out;
  for (const Metric* metric : table_metrics(run)) out.push_back(metric->id);
  return out;
}

std::vector<double> model_numbers(const Run& run, std::span<const std::string> ids) {
  const std::vector<std::string> known = run.setup().model->metric_ids();
  const Eigen::VectorXd& metrics = run.evaluation().metrics;
  std::vector<double> out;
  for (const std::string& id : ids) {
    const auto at = std::ranges::find(known, id) - known.begin();
    out.push_back(at < metrics.size() ? metrics[at] : kNone);
  }
  return out;
}

double metric_number(const Metric& metric, const Run& run) {
  if (metric.unavailable && !metric.unavailable(run).empty()) return kNone;
  return metric.value(run, {}).data.at(0);
}

double metric_number(std::string_view id, const Run& run) {
  const std::vector<Metric>& all = run.setup().problem().metrics();
  const auto metric = std::ranges::find(all, id, &Metric::id);
  return metric == all.end() ? kNone : metric_number(*metric, run);
}

}  // namespace iem
