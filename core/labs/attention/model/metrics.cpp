#include "core/labs/attention/model/metrics.h"

#include <algorithm>
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

// The fixed point of repeated retrieval that starts at query i.
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

// A quantity of query i, counted from 0.
template <class Reading>
Tensor of_query(const Run& run, double i, const std::string& name, Reading reading) {
  const AttentionVectors now = attention_in(run).vectors(run.state().theta, *run.setup().data);
  if (!(i >= 0 && i < static_cast<double>(now.queries.rows()) && i == std::floor(i)))
    throw InputError(name + ": must be the number of a query, from 0 to " +
                     std::to_string(now.queries.rows() - 1));
  const double c = 1 / (run.temperature() * std::sqrt(static_cast<double>(now.keys.cols())));
  return {{}, {reading(now.keys, Eigen::RowVectorXd(now.queries.row(static_cast<Eigen::Index>(i))), c)}};
}

template <class Number>
Metric hopfield_metric(const char* id, const char* help, Number number) {
  return {.id = id,
          .help = help,
          .arguments = {"i"},
          .value = [name = std::string(id), number](const Run& run, std::span<const double> which) {
            return of_query(run, which[0], name,
                            [number](const Eigen::MatrixXd& keys, const auto& q, double c) {
                              return static_cast<double>(hopfield_reading(keys, q, c).*number);
                            });
          }};
}

// The derivative of the fixed point's first coordinate by all keys: the difference between differentiating
// the given number of passes and one linear solve.
Tensor implicit_gap(const Run& run, std::span<const double> which) {
  if (std::isnan(which[1])) throw InputError("retrieval_gap: must be a number of passes, from 0 to 500");
  const int passes = static_cast<int>(std::clamp(which[1], 0.0, 500.0));
  return of_query(run, which[0], "retrieval_gap", [passes](const auto& keys, const auto& q, double c) {
    const Eigen::MatrixXd orbit = retrieval_orbit(keys, q, c, kPassesToRest);
    const Eigen::RowVectorXd v = Eigen::RowVectorXd::Unit(keys.cols(), 0);
    return (implicit_key_gradient(keys, orbit.row(kPassesToRest), c, v) -
            unrolled_key_gradient(keys, q, c, v, passes))
        .cwiseAbs()
        .maxCoeff();
  });
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
      model_metric("predictive_entropy", "The mean entropy of the predictions, in nats.", "nats"),
      model_metric("routing_drift", "How far the last step moved the attention, as a share of it."),
      model_metric("value_drift", "How far the last step moved the values, as a share of them."),
      model_metric("excess", "J less the entropy of the chain.", "nats"),
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
      hopfield_metric("separation",
                      "How far the key nearest to a query is from the others, k_i.k_i - max k_i.k_j.",
                      &HopfieldReading::separation),
      hopfield_metric("one_pass", "How far from its nearest key one pass brings a query.",
                      &HopfieldReading::one_pass),
      hopfield_metric("one_pass_bound", "The bound of that by the separation (Ramsauer et al. 2021).",
                      &HopfieldReading::bound),
      hopfield_metric("at_rest", "How far from its nearest key a query comes to rest.",
                      &HopfieldReading::at_rest),
      hopfield_metric("rest_contraction", "By how much a pass shrinks a small error where a query rests.",
                      &HopfieldReading::contraction),
      hopfield_metric("rest_shares",
                      "How many keys share a tenth of the attention or more where a query rests.",
                      &HopfieldReading::shares),
      {.id = "retrieval_gap",
       .help = "The slope of where a query rests by the keys: through so many passes against one solve.",
       .arguments = {"i", "passes"},
       .value = implicit_gap},
  });
  return all;
}

}  // namespace iem
