// One forward and backward pass of attention: blocks of queries through the kernel, the loss of each query
// (query_loss.h) between its two halves, and the chain rule to the parameters.
//
// With labels the loss reads values only through W_O: logits_i = sum_j alpha_ij (W_O^T v_j). So the kernel is
// given W_O^T v_j, as wide as there are classes, and from g_i = dJ/dlogits_i and A_j = sum_i alpha_ij g_i
// follow
//   dJ/dv_j = W_O A_j,  dJ/dW_O = sum_j v_j A_j^T.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/check.h"
#include "core/base/scratch.h"
#include "core/kernel/attention.h"
#include "core/labs/attention/model/query_loss.h"

namespace iem {
namespace {

using kernel::Coordinates;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Queries go in pieces of blocks to the threads. Pieces, and the order of their sums, depend on the data
// alone; blocks are dealt out in turn, since under a causal mask late ones are long.
constexpr Eigen::Index kMostPieces = 8;

Coordinates coordinates(Scratch& scratch, Eigen::Index width, Eigen::Index count) {
  const std::int64_t stride = Scratch::padded(count);
  return {scratch.zeros(width * stride), static_cast<int>(width), stride};
}

void by_coordinate(const RowMajor& rows, const Coordinates& out) {
  for (Eigen::Index d = 0; d < rows.cols(); ++d)
    for (Eigen::Index i = 0; i < rows.rows(); ++i) out.data[d * out.stride + i] = rows(i, d);
}

// Queries, keys, and values as the loss reads them; and gradients in the same form.
struct Sides {
  Coordinates queries, keys, values;
};

// Where metrics lie (Attention::metric_ids).
enum AttentionMetric : int { kAccuracy, kPredictiveEntropy, kRoutingDrift, kValueDrift, kExcess };

class Pass {
 public:
  Pass(const Attention& model, const Theta& theta, double tau, const Dataset& data,
       std::span<const Eigen::Index> batch)
      : model_(model),
        options_(model.options()),
        theta_(theta),
        data_(data),
        batch_(batch),
        tau_(tau),
        queries_(batch.empty() ? model.queries() : static_cast<Eigen::Index>(batch.size())),
        read_width_(options_.task == AttentionTask::classification ? options_.classes : options_.value_width),
        blocks_((queries_ + kernel::kQueries - 1) / kernel::kQueries),
        pieces_(std::clamp<Eigen::Index>(blocks_ / 4, 1, kMostPieces)),
        loss_(options_, data, queries_, read_width_),
        kernel_(kernel::attention_kernel()) {}

  void observe(const std::function<void(const AttentionView&)>& see) {
    static thread_local Scratch scratch;
    scratch.begin();
    prepare(scratch);
    const std::int64_t stride = now_.keys.stride;
    double* usefulness = scratch.take(kernel::kQueries * stride);
    double* attention = scratch.take(stride);
    double* workspace =
        scratch.take(kernel_.workspace_size(stride, now_.keys.width, static_cast<int>(read_width_)));
    double* outputs = scratch.take(kernel::kQueries * read_width_);
    double* g = scratch.take(kernel::kQueries * read_width_);
    double* queries = scratch.take(kernel::kQueries * options_.key_width);
    std::vector<double> prediction(static_cast<std::size_t>(read_width_));
    for (Eigen::Index first = 0; first < queries_; first += kernel::kQueries) {
      const auto rows = static_cast<int>(std::min<Eigen::Index>(kernel::kQueries, queries_ - first));
      std::int64_t seen[kernel::kQueries];
      for (int r = 0; r < rows; ++r) seen[r] = model_.visible(query(first + r));
      fill_queries(now_, first, rows, scale_, queries);
      const kernel::AttentionBlock block{now_.keys, now_.values, rows, queries, seen, workspace};
      kernel::AttentionRows made;
      made.output = outputs;
      kernel_.forward(block, made);
      QueryTotals unused;
      for (int r = 0; r < rows; ++r)
        loss_.add(query(first + r), outputs + r * read_width_, g + r * read_width_, unused);
      kernel_.products(g, rows, now_.values, usefulness);
      for (int r = 0; r < rows; ++r) {
        const double* weights = kernel_.weights(block, r);
        const double *gr = g + r * read_width_, *o = outputs + r * read_width_;
        double mean = 0;
        for (Eigen::Index d = 0; d < read_width_; ++d) mean += gr[d] * o[d];
        double* row = usefulness + r * stride;
        for (std::int64_t j = 0; j < seen[r]; ++j) {
          attention[j] = weights[j] * made.scale[r];
          row[j] = mean - row[j];
        }
        const Eigen::Index i = query(first + r);
        if (classifies()) loss_.predict(i, gr, prediction.data());
        see({i, static_cast<Eigen::Index>(seen[r]), attention, row, prediction.data()});
      }
    }
  }

  void run(const Model::Before* before, ThreadPool& pool, Evaluation& out) {
    static thread_local Scratch scratch;
    scratch.begin();
    prepare(scratch);
    if (before && routing_moved(*before)) {
      before_ = sides(before->theta, scratch);
      before_evaluation_ = &before->evaluation;
      before_scale_ = scale_ * tau_ / before->tau;
    }
    gradient_.queries = coordinates(scratch, options_.key_width, model_.queries());
    for (Eigen::Index piece = 0; piece < pieces_; ++piece) {
      key_sums_.push_back(scratch.zeros(options_.key_width * now_.keys.stride));
      value_sums_.push_back(scratch.zeros(read_width_ * now_.values.stride));
    }
    out.top_scores.resize(queries_);
    out.log_sums.resize(queries_);
    top_scores_ = out.top_scores.data();
    log_sums_ = out.log_sums.data();
    std::vector<QueryTotals> totals(static_cast<std::size_t>(pieces_));
    pool.run(pieces_, [&](std::int64_t piece) {
      const auto p = static_cast<std::size_t>(piece);
      for (Eigen::Index block = piece; block < blocks_; block += pieces_) run_block(block, p, totals[p]);
    });
    finish(totals, out);
    if (before) out.metrics[kValueDrift] = value_drift(before->theta, scratch);
    backpropagate(out.gradient);
  }

 private:
  // Queries, keys and values now.
  void prepare(Scratch& scratch) {
    if (!options_.direct) {
      tokens_ = coordinates(scratch, data_.dimension(), data_.size());
      for (Eigen::Index a = 0; a < data_.points.cols(); ++a)
        std::copy_n(data_.points.col(a).data(), data_.size(), tokens_.data + a * tokens_.stride);
    }
    now_ = sides(theta_, scratch);
    scale_ = 1 / (std::sqrt(static_cast<double>(options_.key_width)) * tau_);
  }

  const double* block(const Theta& theta, const char* name) const {
    return theta.data() + model_.layout().block(name).offset;
  }
  Eigen::Map<const RowMajor> matrix(const Theta& theta, const char* name) const {
    const Block& b = model_.layout().block(name);
    return {theta.data() + b.offset, b.rows, b.columns};
  }
  bool classifies() const { return options_.task == AttentionTask::classification; }

  Sides sides(const Theta& theta, Scratch& scratch) const {
    Sides out;
    out.queries = coordinates(scratch, options_.key_width, model_.queries());
    out.keys = coordinates(scratch, options_.key_width, model_.keys());
    out.values = coordinates(scratch, read_width_, model_.keys());
    if (options_.direct) {
      by_coordinate(matrix(theta, "queries"), out.queries);
      by_coordinate(matrix(theta, "keys"), out.keys);
      const Coordinates values =
          classifies() ? coordinates(scratch, options_.value_width, model_.keys()) : out.values;
      by_coordinate(matrix(theta, "values"), values);
      if (classifies()) kernel_.project(values, block(theta, "W_O"), out.values);
      return out;
    }
    kernel_.project(tokens_, block(theta, "W_Q"), out.queries);
    kernel_.project(tokens_, block(theta, "W_K"), out.keys);
    RowMajor w = matrix(theta, "W_V");
    if (classifies()) w = (w * matrix(theta, "W_O")).eval();
    kernel_.project(tokens_, w.data(), out.values);
    return out;
  }

  Eigen::Index query(Eigen::Index row) const {
    return batch_.empty() ? row : batch_[static_cast<std::size_t>(row)];
  }

  void run_block(Eigen::Index number, std::size_t piece, QueryTotals& totals) const {
    // Every thread has a workspace and the rows of one block: queries now and before, outputs, gradients.
    static thread_local Scratch scratch;
    const int width = static_cast<int>(options_.key_width), read = static_cast<int>(read_width_);
    scratch.begin();
    std::int64_t seen[kernel::kQueries];
    double* workspace = scratch.take(kernel_.workspace_size(now_.keys.stride, width, read));
    kernel::AttentionBlock block{now_.keys, now_.values, 0, nullptr, seen, workspace};
    const Eigen::Index first = number * kernel::kQueries;
    block.rows = static_cast<int>(std::min<Eigen::Index>(kernel::kQueries, queries_ - first));
    for (int r = 0; r < block.rows; ++r) seen[r] = model_.visible(query(first + r));
    block.queries = query_rows(now_, first, block.rows, scale_, scratch);
    kernel::AttentionRows rows;
    rows.output = scratch.take(block.rows * read);
    kernel_.forward(block, rows);
    std::copy_n(rows.top, block.rows, top_scores_ + first);
    std::copy_n(rows.log_sum, block.rows, log_sums_ + first);
    if (before_evaluation_) {
      const kernel::AttentionBefore before{
          before_.keys, query_rows(before_, first, block.rows, before_scale_, scratch),
          before_evaluation_->top_scores.data() + first, before_evaluation_->log_sums.data() + first};
      kernel_.drift(block, rows, before, &totals.change, &totals.norm);
    }
    double* g = scratch.take(block.rows * read);
    for (int r = 0; r < block.rows; ++r)
      loss_.add(query(first + r), rows.output + r * read, g + r * read, totals);
    double* query_gradient = scratch.take(block.rows * width);
    kernel_.backward(block, rows, {g, query_gradient, key_sums_[piece], value_sums_[piece]});
    for (int r = 0; r < block.rows; ++r)
      for (int d = 0; d < width; ++d)
        gradient_.queries.data[d * gradient_.queries.stride + query(first + r)] =
            scale_ * query_gradient[r * width + d];
  }

  void fill_queries(const Sides& sides, Eigen::Index first, int rows, double scale, double* out) const {
    const Coordinates& q = sides.queries;
    for (int r = 0; r < rows; ++r)
      for (int d = 0; d < q.width; ++d)
        out[r * q.width + d] = scale * q.data[d * q.stride + query(first + r)];
  }
  const double* query_rows(const Sides& sides, Eigen::Index first, int rows, double scale,
                           Scratch& scratch) const {
    double* out = scratch.take(rows * options_.key_width);
    fill_queries(sides, first, rows, scale, out);
    return out;
  }

  // Sums over pieces, in their order.
  void finish(const std::vector<QueryTotals>& totals, Evaluation& out) {
    gradient_.keys = {key_sums_[0], static_cast<int>(options_.key_width), now_.keys.stride};
    gradient_.values = {value_sums_[0], static_cast<int>(read_width_), now_.values.stride};
    QueryTotals all;
    for (std::size_t piece = 0; piece < totals.size(); ++piece) {
      all.loss += totals[piece].loss;
      all.entropy += totals[piece].entropy;
      all.correct += totals[piece].correct;
      all.change += totals[piece].change;
      all.norm += totals[piece].norm;
      if (piece == 0) continue;
      add(gradient_.keys, key_sums_[piece]);
      add(gradient_.values, value_sums_[piece]);
    }
    const auto n = static_cast<double>(queries_);
    out.loss = all.loss / n;
    const double undefined = std::numeric_limits<double>::quiet_NaN();
    out.metrics.setZero(static_cast<Eigen::Index>(model_.metric_ids().size()));
    out.metrics[kAccuracy] = classifies() ? all.correct / n : undefined;
    out.metrics[kPredictiveEntropy] = classifies() ? all.entropy / n : undefined;
    if (before_evaluation_) out.metrics[kRoutingDrift] = std::sqrt(all.change / all.norm);
    if (data_.chain) out.metrics[kExcess] = out.loss - data_.chain->entropy;
    out.statistics.resize(0, 0);
    out.energies.resize(0, 0);
    out.responsibilities.resize(0, 0);
  }

  static void add(const Coordinates& to, const double* from) {
    const Eigen::Index size = to.width * to.stride;
    Eigen::Map<Eigen::VectorXd>(to.data, size) += Eigen::Map<const Eigen::VectorXd>(from, size);
  }

  // Whether any query or key has changed; if not, the attention weights are exactly the same.
  bool routing_moved(const Model::Before& before) const {
    const auto moved = [&](const char* name) { return matrix(theta_, name) != matrix(before.theta, name); };
    if (tau_ != before.tau) return true;
    return options_.direct ? moved("queries") || moved("keys") : moved("W_Q") || moved("W_K");
  }

  // |V - V before| / |V|, of the values themselves.
  double value_drift(const Theta& before, Scratch& scratch) const {
    if (options_.direct)
      return (matrix(theta_, "values") - matrix(before, "values")).norm() / matrix(theta_, "values").norm();
    const RowMajor change = matrix(theta_, "W_V") - matrix(before, "W_V");
    const auto norm = [&](const double* w) {
      const Coordinates v = coordinates(scratch, options_.value_width, data_.size());
      kernel_.project(tokens_, w, v);
      return Eigen::Map<const Eigen::VectorXd>(v.data, v.width * v.stride).norm();
    };
    return norm(change.data()) / norm(block(theta_, "W_V"));
  }

  Eigen::Map<RowMajor> out_matrix(Theta& gradient, const char* name) const {
    const Block& b = model_.layout().block(name);
    return {gradient.data() + b.offset, b.rows, b.columns};
  }

  void backpropagate(Theta& out) const {
    out.setZero(model_.layout().size());
    if (options_.direct) {
      from_coordinates(gradient_.queries, out_matrix(out, "queries"));
      from_coordinates(gradient_.keys, out_matrix(out, "keys"));
    } else {
      kernel_.correlate(tokens_, gradient_.queries, out_matrix(out, "W_Q").data());
      kernel_.correlate(tokens_, gradient_.keys, out_matrix(out, "W_K").data());
    }
    if (!classifies()) {
      if (options_.direct) {
        from_coordinates(gradient_.values, out_matrix(out, "values"));
      } else {
        kernel_.correlate(tokens_, gradient_.values, out_matrix(out, "W_V").data());
      }
    } else if (options_.direct) {
      RowMajor a(model_.keys(), read_width_);
      from_coordinates(gradient_.values, Eigen::Map<RowMajor>(a.data(), a.rows(), a.cols()));
      out_matrix(out, "values") = a * matrix(theta_, "W_O").transpose();
      out_matrix(out, "W_O") = matrix(theta_, "values").transpose() * a;
    } else {
      RowMajor m(tokens_.width, read_width_);  // X^T A
      kernel_.correlate(tokens_, gradient_.values, m.data());
      out_matrix(out, "W_V") = m * matrix(theta_, "W_O").transpose();
      out_matrix(out, "W_O") = matrix(theta_, "W_V").transpose() * m;
    }
    model_.layout().mask(out);
  }

  static void from_coordinates(const Coordinates& from, Eigen::Map<RowMajor> to) {
    for (Eigen::Index d = 0; d < to.cols(); ++d)
      for (Eigen::Index i = 0; i < to.rows(); ++i) to(i, d) = from.data[d * from.stride + i];
  }

  const Attention& model_;
  const AttentionOptions& options_;
  const Theta& theta_;
  const Dataset& data_;
  std::span<const Eigen::Index> batch_;
  double tau_, scale_ = 1, before_scale_ = 1;
  Eigen::Index queries_, read_width_, blocks_, pieces_;
  QueryLoss loss_;
  const kernel::AttentionKernel& kernel_;
  Coordinates tokens_;
  Sides now_, before_, gradient_;
  const Evaluation* before_evaluation_ = nullptr;
  std::vector<double*> key_sums_, value_sums_;  // by piece
  double *top_scores_ = nullptr, *log_sums_ = nullptr;
};

}  // namespace

void Attention::evaluate(const Theta& theta, double tau, const Dataset& data,
                         std::span<const Eigen::Index> batch, Wanted, ThreadPool& pool,
                         Evaluation& out) const {
  Pass(*this, theta, tau, data, batch).run(nullptr, pool, out);
}

void Attention::observe(const Theta& theta, double tau, const Dataset& data,
                        const std::function<void(const AttentionView&)>& see) const {
  Pass(*this, theta, tau, data, {}).observe(see);
}

void Attention::evaluate_after(const Before& before, const Theta& theta, double tau, const Dataset& data,
                               ThreadPool& pool, Evaluation& out) const {
  IEM_CHECK(before.theta.size() == theta.size() && &before.evaluation != &out);
  Pass(*this, theta, tau, data, {}).run(&before, pool, out);
}

}  // namespace iem
