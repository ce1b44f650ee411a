#include "core/labs/classifier/model/metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/labs/classifier/model/calibration.h"
#include "core/labs/classifier/model/experts.h"
#include "core/labs/classifier/model/margin.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

using Asked = std::span<const double>;

const Classifier& classifier_in(const Run& run) { return static_cast<const Classifier&>(*run.setup().model); }

Classifier::PointRow row_in(const Run& run, Eigen::Index i) {
  const Dataset& data = *run.setup().data;
  return classifier_in(run).row(run.state().theta, run.temperature(), data.points(i, 0), data.points(i, 1),
                                data.has_labels() ? data.labels[i] : -1);
}

Tensor number(double value) { return {{}, {value}}; }

template <std::vector<double> Classifier::PointRow::*member>
Tensor rows_in(const Run& run, Asked) {
  const Eigen::Index n = run.setup().data->size();
  Tensor out{{n, classifier_in(run).classes()}, {}};
  for (Eigen::Index i = 0; i < n; ++i) {
    const std::vector<double> row = row_in(run, i).*member;
    out.data.insert(out.data.end(), row.begin(), row.begin() + out.shape[1]);
  }
  return out;
}

std::string too_many_rows(const Run& run) {
  return run.setup().data->size() * classifier_in(run).classes() > 1'000'000
             ? "There are more than a million of them."
             : "";
}

bool of_experts(const Run& run) { return dynamic_cast<const Experts*>(&classifier_in(run)) != nullptr; }

std::string without_classes_of(const Run& run) {
  return of_experts(run) ? "Experts answer with lines; there are no classes." : "";
}

std::string without_lines(const Run& run) { return of_experts(run) ? "" : "Only experts answer with lines."; }

// sum_h r_h (alpha_h x + beta_h).
Tensor prediction_there(const Run& run, Asked at) {
  const auto& model = static_cast<const Experts&>(classifier_in(run));
  const std::vector<Expert> experts = model.unpack(run.state().theta);
  const auto row = model.row(run.state().theta, run.temperature(), at[0], 0, -1);
  double sum = 0;
  for (std::size_t h = 0; h < experts.size(); ++h)
    sum += row.free[h] * (experts[h].slope * at[0] + experts[h].intercept);
  return number(sum);
}

Tensor gate_there(const Run& run, Asked at) {
  const auto& model = static_cast<const Experts&>(classifier_in(run));
  const auto row = model.row(run.state().theta, run.temperature(), at[0], 0, -1);
  return {{model.classes()}, row.free};
}

std::string without_scaling(const Run& run) {
  if (of_experts(run)) return without_classes_of(run);
  return scaling_unavailable(classifier_in(run), *run.setup().data);
}

TemperatureScaling scaling_of(const Run& run) {
  return scale_temperature(classifier_in(run), run.state().theta, run.temperature(), *run.setup().data);
}

// The largest responsibility of a class at (x, y), and the responsibility of the background.
Tensor confidence_there(const Run& run, Asked at) {
  const Classifier& model = classifier_in(run);
  const auto row = model.row(run.state().theta, run.temperature(), at[0], at[1], -1);
  return number(*std::max_element(row.free.begin(), row.free.begin() + model.classes()));
}
Tensor background_there(const Run& run, Asked at) {
  return number(classifier_in(run).row(run.state().theta, run.temperature(), at[0], at[1], -1).free.back());
}

std::string without_background(const Run& run) {
  return classifier_in(run).options().background ? "" : "There is no background hypothesis.";
}

// The share of points with a label that pull on nothing.
Tensor silent_share(const Run& run, Asked) {
  const Dataset& data = *run.setup().data;
  double silent = 0, labelled = 0;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    if (data.labels[i] < 0) continue;
    const auto row = row_in(run, i);
    ++labelled;
    silent += std::ranges::all_of(row.pull, [](double pull) { return pull == 0; }) ? 1 : 0;
  }
  return number(labelled > 0 ? silent / labelled : std::numeric_limits<double>::quiet_NaN());
}

// max_j |mean_i (r*_ij - r_ij)| over points with a label: 0 at an optimum of free offsets.
Tensor share_gap(const Run& run, Asked) {
  const Classifier& model = classifier_in(run);
  const Dataset& data = *run.setup().data;
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(model.classes());
  double labelled = 0;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    if (data.labels[i] < 0) continue;
    const auto row = row_in(run, i);
    ++labelled;
    for (int j = 0; j < model.classes(); ++j)
      sum[j] += row.clamped[static_cast<std::size_t>(j)] - row.free[static_cast<std::size_t>(j)];
  }
  return number(labelled > 0 ? sum.cwiseAbs().maxCoeff() / labelled
                             : std::numeric_limits<double>::quiet_NaN());
}

}  // namespace

const std::vector<Metric>& classifier_metrics() {
  static const std::vector<Metric> all = share_metrics({
      model_metric("accuracy",
                   "The share of right answers, by the labels given; of equals the lowest class answers."),
      model_metric("accuracy_clean", "The same by the labels before noise, of all points that had one."),
      model_metric("ece", "The expected calibration error, over ten bins of confidence."),
      model_metric("joint",
                   "The mean of -tau log sum_j e_j exp(-d_j/tau): how well classes fit their own points.",
                   "nats"),
      model_metric("conditional",
                   "The mean cross-entropy: how well they are told apart; of experts that of y given x.",
                   "nats"),
      model_metric("nll",
                   "The mean of -log r_y of the points held out (data.held_out); of experts of "
                   "-tau log p(y | x).",
                   "nats"),
      model_metric("rmse", "Of experts: the root of the mean square of y - sum_h r_h (alpha_h x + beta_h)."),
      {.id = "prediction_at",
       .help = "Of experts: sum_h r_h (alpha_h x + beta_h) at x.",
       .arguments = {"x"},
       .unavailable = without_lines,
       .value = prediction_there},
      {.id = "gate_at",
       .help = "Of experts: the gate's responsibilities at x.",
       .arguments = {"x"},
       .unavailable = without_lines,
       .value = gate_there},
      {.id = "margin",
       .help =
           "The least gap between the best other energy and the label's own: above 0 every answer is right.",
       .unavailable = without_classes_of,
       .value =
           [](const Run& run, Asked) {
             return number(least_gap(classifier_in(run), run.state().theta, *run.setup().data));
           }},
      {.id = "scaling_temperature",
       .help = "The temperature that temperature scaling finds.",
       .unavailable = without_scaling,
       .value = [](const Run& run, Asked) { return number(scaling_of(run).temperature); }},
      {.id = "scaled_nll",
       .help = "The mean of -log r_y at that temperature.",
       .unavailable = without_scaling,
       .value = [](const Run& run, Asked) { return number(scaling_of(run).after); }},
      {.id = "scaling_law",
       .help = "There, the mean energy of the labels less the mean expected energy: 0.",
       .unavailable = without_scaling,
       .value =
           [](const Run& run, Asked) {
             const TemperatureScaling s = scaling_of(run);
             return number(s.label_energy - s.expected_energy);
           }},
      {.id = "share_gap",
       .help = "The largest |mean r*_j - mean r_j|: 0 at an optimum.",
       .unavailable = without_classes_of,
       .value = share_gap},
      {.id = "silent",
       .help = "The share of points with a label that pull on nothing.",
       .unavailable = without_classes_of,
       .value = silent_share},
      {.id = "clamped",
       .help = "r*, a row a point.",
       .unavailable = too_many_rows,
       .value = rows_in<&Classifier::PointRow::clamped>},
      {.id = "residuals",
       .help = "N dJ/dd = r* - kappa r, a row a point.",
       .unavailable = too_many_rows,
       .value = rows_in<&Classifier::PointRow::pull>},
      {.id = "confidence_at",
       .help = "How sure of its class a point at (x, y) would be.",
       .arguments = {"x", "y"},
       .unavailable = without_classes_of,
       .value = confidence_there},
      {.id = "background_at",
       .help = "How much of a point at (x, y) the background would take.",
       .arguments = {"x", "y"},
       .unavailable = without_background,
       .value = background_there},
  });
  return all;
}

}  // namespace iem
