#include "core/labs/attention/model/attention.h"

#include <Eigen/Cholesky>
#include <cmath>
#include <limits>
#include <utility>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/libm.h"

namespace iem {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Map<const RowMajor> matrix(const Layout& layout, const Theta& theta, const char* name) {
  const Block& b = layout.block(name);
  return {theta.data() + b.offset, b.rows, b.columns};
}

// Softmax of scores over the keys a query sees, the greatest taken off first.
Eigen::RowVectorXd softmax(const Eigen::RowVectorXd& x) {
  const Eigen::RowVectorXd e = (x.array() - x.maxCoeff()).unaryExpr(libm::Exp());
  return e / e.sum();
}

}  // namespace

Attention::Attention(AttentionOptions options, const Dataset& data)
    : options_(std::move(options)),
      queries_(data.size()),
      has_chain_(data.chain != nullptr) {
  const auto add = [&](const char* name, Eigen::Index rows, Eigen::Index columns) {
    layout_.add(name, rows, columns, options_.learn.contains(name));
    if (std::string_view(name) == "values" || std::string_view(name) == "W_V")
      layout_.set_rate_key("optimizer.value_learning_rate");
    if (std::string_view(name) == "W_O") layout_.set_rate_key("optimizer.readout_learning_rate");
  };
  if (options_.direct) {
    add("queries", queries_, options_.key_width);
    add("keys", options_.keys, options_.key_width);
    add("values", options_.keys, options_.value_width);
  } else {
    options_.keys = queries_;
    const Eigen::Index width = data.points.cols();
    add("W_Q", width, options_.key_width);
    add("W_K", width, options_.key_width);
    add("W_V", width, options_.value_width);
  }
  if (options_.task == AttentionTask::classification) add("W_O", options_.value_width, options_.classes);
  IEM_CHECK(!options_.causal || options_.keys == queries_);
}

std::vector<std::string> Attention::metric_ids() const {
  std::vector<std::string> ids = {"accuracy", "predictive_entropy", "routing_drift", "value_drift"};
  if (has_chain_) ids.push_back("excess");
  return ids;
}

std::string Attention::em_unavailable() const {
  return value_step_unavailable().empty()
             ? "Attention competes on usefulness, not proximity: only the values have an M-step; use Value "
               "M-step (value_m_step)."
             : "Attention competes on usefulness, not proximity: it has no M-step; use gradient descent "
               "(gd).";
}

std::string Attention::value_step_unavailable() const {
  const bool free = options_.direct && options_.task == AttentionTask::regression;
  if (!free)
    return "The value M-step needs values that are free parameters of a squared error (parameters = "
           "\"direct\", task = \"regression\"); use gradient descent (gd).";
  return layout_.block("values").learned
             ? ""
             : "The value M-step moves the values, and they are not learned; add values to model.learn, or "
               "use gradient descent (gd).";
}

Theta Attention::value_step(const Theta& theta, double tau, const Dataset& data, double ridge) const {
  IEM_CHECK(value_step_unavailable().empty());
  std::vector<Eigen::Index> all(static_cast<std::size_t>(queries_));
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Eigen::Index>(i);
  const Eigen::MatrixXd alpha = rows(theta, tau, data, all).attention;
  Eigen::MatrixXd normal = alpha.transpose() * alpha;
  normal.diagonal().array() += ridge;
  const RowMajor values = normal.ldlt().solve(alpha.transpose() * data.targets);
  Theta out = theta;
  out.segment(layout_.block("values").offset, values.size()) =
      Eigen::Map<const Eigen::VectorXd>(values.data(), values.size());
  return out;
}

AttentionVectors Attention::vectors(const Theta& theta, const Dataset& data) const {
  if (options_.direct)
    return {matrix(layout_, theta, "queries"), matrix(layout_, theta, "keys"),
            matrix(layout_, theta, "values")};
  return {data.points * matrix(layout_, theta, "W_Q"), data.points * matrix(layout_, theta, "W_K"),
          data.points * matrix(layout_, theta, "W_V")};
}

Eigen::MatrixXd Attention::readout(const Theta& theta) const {
  if (options_.task == AttentionTask::regression) return Eigen::MatrixXd(options_.value_width, 0);
  return matrix(layout_, theta, "W_O");
}

AttentionRows Attention::rows(const Theta& theta, double tau, const Dataset& data,
                              std::vector<Eigen::Index> queries) const {
  const AttentionVectors v = vectors(theta, data);
  const Eigen::MatrixXd w = readout(theta);
  const auto n = static_cast<Eigen::Index>(queries.size());
  const double share = 1 / static_cast<double>(queries_);
  AttentionRows out;
  out.scores.setConstant(n, keys(), -std::numeric_limits<double>::infinity());
  out.attention.setZero(n, keys());
  out.usefulness.setZero(n, keys());
  out.score_gradient.setZero(n, keys());
  out.outputs.resize(n, options_.value_width);
  out.errors.resize(n, options_.value_width);
  out.predictions.resize(n, w.cols());
  for (Eigen::Index r = 0; r < n; ++r) {
    const Eigen::Index i = queries[static_cast<std::size_t>(r)], seen = visible(i);
    const Eigen::RowVectorXd s = v.queries.row(i) * v.keys.topRows(seen).transpose() /
                                 std::sqrt(static_cast<double>(options_.key_width));
    const Eigen::RowVectorXd alpha = softmax(s / tau), o = alpha * v.values.topRows(seen);
    Eigen::RowVectorXd u;
    if (options_.task == AttentionTask::regression) {
      u = (o - data.targets.row(i)) * share;
    } else {
      Eigen::RowVectorXd p = softmax(o * w);
      out.predictions.row(r) = p;
      p[data.labels[i]] -= 1;
      u = p * w.transpose() * share;
    }
    const Eigen::RowVectorXd b = u * v.values.topRows(seen).transpose();
    const double mean = alpha.dot(b);
    out.scores.row(r).head(seen) = s;
    out.attention.row(r).head(seen) = alpha;
    out.outputs.row(r) = o;
    out.errors.row(r) = u;
    out.usefulness.row(r).head(seen) = mean - b.array();
    out.score_gradient.row(r).head(seen) = alpha.array() * (b.array() - mean) / tau;
  }
  out.queries = std::move(queries);
  return out;
}

}  // namespace iem
