#include "core/labs/attention/model/metrics.h"

#include <cmath>
#include <numeric>

#include "core/labs/attention/model/attention.h"
#include "core/labs/attention/model/retrieval.h"
#include "core/run/run_metrics.h"

namespace iem {
namespace {

constexpr Eigen::Index kMostScores = 1'000'000;
constexpr int kPassesToRest = 2000;

const Attention& attention_in(const Run& run) { return static_cast<const Attention&>(*run.setup().model); }

AttentionRows all_rows(const Run& run) {
  std::vector<Eigen::Index> queries(static_cast<std::size_t>(attention_in(run).queries()));
  std::iota(queries.begin(), queries.end(), 0);
  return attention_in(run).rows(run.state().theta, run.temperature(), *run.setup().data, std::move(queries));
}
std::string too_many(const Run& run) {
  const Attention& model = attention_in(run);
  return model.queries() > kMostScores / std::max<Eigen::Index>(1, model.keys())
             ? "There are more than a million scores."
             : "";
}

template <Eigen::MatrixXd AttentionRows::*member>
Tensor rows_tensor(const Run& run, std::span<const double>) {
  return tensor_of(all_rows(run).*member);
}
template <Eigen::MatrixXd AttentionVectors::*member>
Tensor vectors_tensor(const Run& run, std::span<const double>) {
  return tensor_of(attention_in(run).vectors(run.state().theta, *run.setup().data).*member);
}

// Where reading again and again comes to rest, from query i.
Tensor retrieved(const Run& run, std::span<const double> which) {
  const AttentionVectors now = attention_in(run).vectors(run.state().theta, *run.setup().data);
  const double i = which[0];
  if (!(i >= 0 && i < static_cast<double>(now.queries.rows()) && i == std::floor(i)))
    throw InputError("retrieved: must be the number of a query, from 0 to " +
                     std::to_string(now.queries.rows() - 1));
  const double c = 1 / (run.temperature() * std::sqrt(static_cast<double>(now.keys.cols())));
  const Eigen::MatrixXd orbit =
      retrieval_orbit(now.keys, now.queries.row(static_cast<Eigen::Index>(i)), c, kPassesToRest);
  const Eigen::RowVectorXd last = orbit.row(orbit.rows() - 1);
  return {{last.size()}, {last.begin(), last.end()}};
}

std::vector<Metric> with_run_metrics(std::vector<Metric> own) {
  std::vector<Metric> out = run_metrics();
  out.insert(out.end(), own.begin(), own.end());
  return out;
}

}  // namespace

const std::vector<Metric>& attention_metrics() {
  static const std::vector<Metric> all = with_run_metrics({
      model_metric("accuracy", "The share of right answers, of classification."),
      model_metric("predictive_entropy", "The mean entropy of the predictions, in nats."),
      model_metric("routing_drift", "How far the last step moved the attention, as a share of it."),
      model_metric("value_drift", "How far the last step moved the values, as a share of them."),
      model_metric("excess", "J less the entropy of the chain."),
      {.id = "attention",
       .help = "alpha, a row a query.",
       .unavailable = too_many,
       .value = rows_tensor<&AttentionRows::attention>},
      {.id = "scores",
       .help = "s, a row a query.",
       .unavailable = too_many,
       .value = rows_tensor<&AttentionRows::scores>},
      {.id = "usefulness",
       .help = "E[b] - b, a row a query: above 0 where descent would raise a score that is free.",
       .unavailable = too_many,
       .value = rows_tensor<&AttentionRows::usefulness>},
      {.id = "outputs",
       .help = "o, a row a query.",
       .unavailable = too_many,
       .value = rows_tensor<&AttentionRows::outputs>},
      {.id = "queries", .help = "q, a row each.", .value = vectors_tensor<&AttentionVectors::queries>},
      {.id = "keys", .help = "k, a row each.", .value = vectors_tensor<&AttentionVectors::keys>},
      {.id = "values", .help = "v, a row each.", .value = vectors_tensor<&AttentionVectors::values>},
      {.id = "retrieved",
       .help = "Where reading again and again from a query comes to rest.",
       .arguments = {"i"},
       .value = retrieved},
  });
  return all;
}

}  // namespace iem
