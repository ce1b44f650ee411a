#include "core/labs/attention/model/checks.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>

#include "core/base/libm_complex.h"
#include "core/check/common.h"
#include "core/labs/attention/model/attention.h"
#include "core/labs/attention/model/retrieval.h"

namespace iem {

using namespace check;

namespace {

using Complex = std::complex<double>;
using ComplexRow = Eigen::Matrix<Complex, 1, Eigen::Dynamic>;

constexpr double kStep = libm::kComplexStep;
constexpr double kSlopeTolerance = 1e-9;  // of retrieval_slope

const Attention& attention(const Snapshot& snapshot) {
  return static_cast<const Attention&>(snapshot.model());
}

// At most `most` of 0..count-1, evenly spread, the last one among them.
std::vector<Eigen::Index> spread(Eigen::Index count, Eigen::Index most) {
  std::vector<Eigen::Index> out;
  const Eigen::Index n = std::min(count, most);
  for (Eigen::Index i = 0; i < n; ++i) out.push_back((i + 1) * count / n - 1);
  return out;
}

// The loss of one query's output, over all T queries, straight from its definition.
Complex loss_of(const Attention& model, const ComplexRow& output, const Eigen::MatrixXd& readout,
                const Dataset& data, Eigen::Index query) {
  const auto n = static_cast<double>(model.queries());
  if (model.options().task == AttentionTask::regression) {
    Complex sum = 0;
    for (Eigen::Index d = 0; d < output.size(); ++d) {
      const Complex off = output[d] - data.targets(query, d);
      sum += off * off;
    }
    return 0.5 * sum / n;
  }
  const ComplexRow logits = output * readout.cast<Complex>();
  double top = logits[0].real();
  for (const Complex& logit : logits) top = std::max(top, logit.real());
  Complex z = 0;
  for (const Complex& logit : logits) z += libm::exp(logit - top);
  return (libm::log(z) + top - logits[data.labels[query]]) / n;
}

// The complex step in a score, query by query.
struct Query {
  const Attention& model;
  const Dataset& data;
  Eigen::MatrixXd values, readout;
  double tau;

  Query(const Attention& m, const Theta& theta, double temperature, const Dataset& d)
      : model(m),
        data(d),
        values(m.vectors(theta, d).values),
        readout(m.readout(theta)),
        tau(temperature) {}

  // The exponentials of one query's scores and the two sums its output is made of.
  void look_at(const Eigen::RowVectorXd& scores) {
    e = ((scores.array() - scores.maxCoeff()) / tau).unaryExpr(libm::Exp());
    z = e.sum();
    sum = e * values.topRows(scores.size());
  }
  // Im J / h with s_ij + i h: only one exponential changes.
  double derivative(Eigen::Index j, Eigen::Index query) const {
    const Complex change = e[j] * (libm::exp(Complex(0, kStep / tau)) - 1.0);
    const ComplexRow output = (sum.cast<Complex>() + change * values.row(j).cast<Complex>()) / (z + change);
    return loss_of(model, output, readout, data, query).imag() / kStep;
  }
  Eigen::RowVectorXd e, sum;
  double z = 0;
};

struct RoutingSample {
  std::vector<Eigen::Index> queries, keys;
  Eigen::MatrixXd claimed, computed;  // NaN where masked
};

RoutingSample routing(const Attention& model, const Theta& theta, double tau, const Dataset& data,
                      Eigen::Index points) {
  RoutingSample out;
  out.queries = spread(model.queries(), std::min<Eigen::Index>(points, 32));
  out.keys = spread(model.keys(), std::min<Eigen::Index>(points, 64));
  const AttentionRows rows = model.rows(theta, tau, data, out.queries);
  Query query(model, theta, tau, data);
  const auto n = static_cast<Eigen::Index>(out.queries.size()),
             k = static_cast<Eigen::Index>(out.keys.size());
  out.claimed.setConstant(n, k, std::numeric_limits<double>::quiet_NaN());
  out.computed = out.claimed;
  for (Eigen::Index r = 0; r < n; ++r) {
    const Eigen::Index i = out.queries[static_cast<std::size_t>(r)], seen = model.visible(i);
    query.look_at(rows.scores.row(r).head(seen));
    for (Eigen::Index c = 0; c < k; ++c) {
      const Eigen::Index j = out.keys[static_cast<std::size_t>(c)];
      if (j >= seen) continue;
      out.claimed(r, c) = rows.score_gradient(r, j);
      out.computed(r, c) = query.derivative(j, i);
    }
  }
  return out;
}

double largest_difference(const Eigen::MatrixXd& claimed, const Eigen::MatrixXd& computed) {
  double difference = 0, reference = 1;
  for (Eigen::Index c = 0; c < claimed.cols(); ++c)
    for (Eigen::Index r = 0; r < claimed.rows(); ++r) {
      if (std::isnan(claimed(r, c)) && std::isnan(computed(r, c))) continue;
      const double off = std::abs(claimed(r, c) - computed(r, c));
      if (!(off <= difference)) difference = std::isnan(off) ? std::numeric_limits<double>::infinity() : off;
      reference = std::max(reference, std::abs(computed(r, c)));
    }
  return difference / reference;
}

// Whether the two sides can be compared: all numbers are finite except the scores of masked keys.
bool is_comparable(const Attention& model, const RoutingSample& s) {
  for (std::size_t r = 0; r < s.queries.size(); ++r)
    for (std::size_t c = 0; c < s.keys.size(); ++c) {
      const auto row = static_cast<Eigen::Index>(r), column = static_cast<Eigen::Index>(c);
      const bool masked = s.keys[c] >= model.visible(s.queries[r]);
      if (!masked && !std::isfinite(s.claimed(row, column) + s.computed(row, column))) return false;
    }
  return true;
}

// The step h in a score is the same at any temperature; the square of h/tau must stay below every rounding.
std::string where_scores_can_step(const Snapshot& s) {
  return kStep / s.temperature < 1e-9 ? ""
                                      : "the temperature is too low: the complex step in a score is 1e-150";
}

double routing_law(const Snapshot& s) { return largest_difference(s.identity.claimed, s.identity.computed); }

// The check that the claimed dJ/ds_ij sum to 0 over j. Where they are large, so is the rounding of their sum.
double score_zero_sum(const Snapshot& s) {
  const Attention& model = attention(s);
  const AttentionRows rows = model.rows(s.state.theta, s.temperature, s.data(), spread(model.queries(), 64));
  return gap(rows.score_gradient.rowwise().sum(), Eigen::VectorXd::Zero(rows.score_gradient.rows())) /
         std::max(1.0, largest(rows.score_gradient.cwiseAbs()));
}

double value_law(const Snapshot& s) {
  const LawSample sample = value_sample(s);
  return gap(sample.claimed, sample.computed);
}

// Compares the gradient that the rules follow with a second computation by the two laws and the chain rule,
// with the whole attention matrix in memory.
double chain_rule(const Snapshot& s) {
  const Attention& model = attention(s);
  const Dataset& data = s.data();
  const AttentionVectors v = model.vectors(s.state.theta, data);
  const Eigen::MatrixXd readout = model.readout(s.state.theta);
  const double scale = 1 / std::sqrt(static_cast<double>(model.options().key_width));
  AttentionVectors g{Eigen::MatrixXd::Zero(v.queries.rows(), v.queries.cols()),
                     Eigen::MatrixXd::Zero(v.keys.rows(), v.keys.cols()),
                     Eigen::MatrixXd::Zero(v.values.rows(), v.values.cols())};
  Eigen::MatrixXd readout_gradient = Eigen::MatrixXd::Zero(readout.rows(), readout.cols());
  constexpr Eigen::Index kRows = 64;
  for (Eigen::Index first = 0; first < model.queries(); first += kRows) {
    std::vector<Eigen::Index> queries;
    for (Eigen::Index i = first; i < std::min(first + kRows, model.queries()); ++i) queries.push_back(i);
    const auto count = static_cast<Eigen::Index>(queries.size());
    const AttentionRows rows = model.rows(s.state.theta, s.temperature, data, queries);
    g.queries.middleRows(first, count) = scale * rows.score_gradient * v.keys;
    g.keys += scale * rows.score_gradient.transpose() * v.queries.middleRows(first, count);
    g.values += rows.attention.transpose() * rows.errors;
    if (readout.cols() == 0) continue;
    Eigen::MatrixXd off = rows.predictions / static_cast<double>(model.queries());
    for (Eigen::Index r = 0; r < count; ++r)
      off(r, data.labels[first + r]) -= 1 / static_cast<double>(model.queries());
    readout_gradient += rows.outputs.transpose() * off;
  }
  Eigen::VectorXd reference(model.layout().size());
  const auto put = [&](const char* name, const Eigen::MatrixXd& matrix) {
    const Block& b = model.layout().block(name);
    for (Eigen::Index i = 0; i < b.rows; ++i)
      for (Eigen::Index j = 0; j < b.columns; ++j) reference[b.offset + i * b.columns + j] = matrix(i, j);
  };
  const bool direct = model.options().direct;
  put(direct ? "queries" : "W_Q", direct ? g.queries : data.points.transpose() * g.queries);
  put(direct ? "keys" : "W_K", direct ? g.keys : data.points.transpose() * g.keys);
  put(direct ? "values" : "W_V", direct ? g.values : data.points.transpose() * g.values);
  if (readout.cols() > 0) put("W_O", readout_gradient);
  model.layout().mask(reference);
  return gap(s.evaluation.gradient, reference);
}

}  // namespace

// A complex step in every coordinate of v_j, through the outputs of all queries.
LawSample value_sample(const Snapshot& s) {
  const Attention& model = attention(s);
  const Dataset& data = s.data();
  const std::vector<Eigen::Index> keys = spread(model.keys(), model.queries() > 256 ? 2 : 8);
  const Eigen::MatrixXd readout = model.readout(s.state.theta);
  const Eigen::Index width = model.options().value_width;
  Eigen::MatrixXd claimed = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(keys.size()), width);
  Eigen::MatrixXd computed = claimed;
  constexpr Eigen::Index kRows = 64;  // at a time: a row is as long as there are keys
  for (Eigen::Index first = 0; first < model.queries(); first += kRows) {
    std::vector<Eigen::Index> queries;
    for (Eigen::Index i = first; i < std::min(first + kRows, model.queries()); ++i) queries.push_back(i);
    const AttentionRows rows = model.rows(s.state.theta, s.temperature, data, queries);
    for (Eigen::Index c = 0; c < claimed.rows(); ++c)
      for (std::size_t r = 0; r < queries.size(); ++r) {
        const auto row = static_cast<Eigen::Index>(r);
        const double alpha = rows.attention(row, keys[static_cast<std::size_t>(c)]);
        claimed.row(c) += alpha * rows.errors.row(row);
        if (alpha == 0) continue;
        ComplexRow output = rows.outputs.row(row).cast<Complex>();
        for (Eigen::Index d = 0; d < width; ++d) {
          output[d].imag(alpha * kStep);
          computed(c, d) += loss_of(model, output, readout, data, queries[r]).imag() / kStep;
          output[d].imag(0);
        }
      }
  }
  return {keys, claimed, computed};
}

IdentitySample routing_sample(const Run& run, Eigen::Index points) {
  const auto& model = static_cast<const Attention&>(*run.setup().model);
  RoutingSample sample = routing(model, run.state().theta, run.temperature(), *run.setup().data, points);
  IdentitySample out;
  out.largest_difference = is_comparable(model, sample) ? largest_difference(sample.claimed, sample.computed)
                                                        : std::numeric_limits<double>::quiet_NaN();
  out.points = std::move(sample.queries);
  out.columns = std::move(sample.keys);
  out.claimed = std::move(sample.claimed);
  out.computed = std::move(sample.computed);
  return out;
}

namespace {

// Repeated retrieval of the first query.
struct FirstRetrieval {
  explicit FirstRetrieval(const Snapshot& s) {
    const AttentionVectors now = attention(s).vectors(s.state.theta, s.data());
    keys = now.keys;
    query = now.queries.row(0);
    c = 1 / (s.temperature * std::sqrt(static_cast<double>(keys.cols())));
  }
  Eigen::MatrixXd keys;
  Eigen::RowVectorXd query;
  double c;
};

std::string where_retrieval_comes_to_rest(const Snapshot& s) {
  constexpr Eigen::Index kMostKeys = 16;
  if (attention(s).keys() > kMostKeys) return "more than 16 keys";
  const FirstRetrieval first(s);
  const double contraction = hopfield_reading(first.keys, first.query, first.c).contraction;
  if (!(contraction < 0.9)) return "the first query comes to rest slowly, or nowhere";
  // Scores are c k . q, and their rounding moves shares by as much.
  const double rounding = std::numeric_limits<double>::epsilon() * first.c *
                          std::max(first.keys.rowwise().squaredNorm().maxCoeff(), first.query.squaredNorm());
  return rounding <= kSlopeTolerance ? "" : "scores are so large that shares round by more than is allowed";
}

// The derivative of the fixed point by the keys: by one linear solve at the fixed point, and through all
// passes that lead to it.
double retrieval_slope(const Snapshot& s) {
  constexpr int kPassesDifferentiated = 400;  // 0.9 to this power is 10^-18
  const FirstRetrieval first(s);
  const Eigen::MatrixXd orbit = retrieval_orbit(first.keys, first.query, first.c, kPassesDifferentiated);
  const Eigen::RowVectorXd v = Eigen::RowVectorXd::Ones(first.keys.cols());
  return gap(implicit_key_gradient(first.keys, orbit.row(kPassesDifferentiated), first.c, v),
             unrolled_key_gradient(first.keys, first.query, first.c, v, kPassesDifferentiated));
}

}  // namespace

const std::vector<IdentityCheck>& attention_checks() {
  static const std::vector<IdentityCheck> all = {
      {"routing_law",
       "dJ/ds_ij = alpha_ij (b_ij - E_i[b]) / tau",
       1e-8,
       where_scores_can_step,
       routing_law,
       {"\\partial J/\\partial s_{ij}=\\alpha_{ij}\\,(b_{ij}-\\mathrm{E}_i[b])/\\tau",
        "A score rises where its value helps less than the average of what is read.",
        "The left side by a complex step in each score; the right side from attention and benefits."}},
      {"value_law",
       "dJ/dv_j = sum_i alpha_ij u_i",
       1e-8,
       always,
       value_law,
       {"\\partial J/\\partial v_j=\\sum_i\\alpha_{ij}\\,u_i",
        "A value is pulled by the errors of all queries, each by how much it reads of it.",
        "The left side by a complex step in each coordinate; the right side as a weighted sum of errors."}},
      {"score_zero_sum",
       "sum_j dJ/ds_ij = 0",
       1e-14,
       always,
       score_zero_sum,
       {"\\sum_j\\partial J/\\partial s_{ij}=0",
        "What one score gains the others lose: only differences count.", "The law's own slopes, added up."}},
      {"attention_gradient",
       "dJ/dtheta follows from the two laws by the chain rule",
       1e-12,
       always,
       chain_rule,
       {"\\frac{\\partial J}{\\partial\\theta}=\\sum_{i,j}\\frac{\\partial J}{\\partial "
        "s_{ij}}\\frac{\\partial s_{ij}}{\\partial\\theta}+\\sum_j\\frac{\\partial J}{\\partial "
        "v_j}\\frac{\\partial v_j}{\\partial\\theta}",
        "All that scores and values learn from follows from the two laws; the output map has its own slope.",
        "The gradient the rule follows, against the chain rule with the whole matrix in memory."}},
      {"retrieval_slope",
       "one solve at a retrieval's fixed point is the slope through all its passes",
       kSlopeTolerance,
       where_retrieval_comes_to_rest,
       retrieval_slope,
       {"\\frac{\\partial q^*}{\\partial k_j}",
        "How the place where a retrieval comes to rest moves with a key: one solve there is the slope of all "
        "its passes.",
        "The solve at the fixed point, against differentiation through 400 passes."}},
  };
  return all;
}

std::string attention_lost_in_identity(const Snapshot& s) {
  const auto& attention = static_cast<const Attention&>(s.model());
  const AttentionRows rows = attention.rows(s.state.theta, s.temperature, s.data(), s.identity.points);
  for (std::size_t i = 0; i < s.identity.points.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    if (!rows.scores.row(row).head(attention.visible(s.identity.points[i])).allFinite()) return "s";
  }
  return rows.attention.allFinite() ? "dJ/ds" : "Z";
}

}  // namespace iem
