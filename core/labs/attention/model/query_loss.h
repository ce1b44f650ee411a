// The loss of one query as a function of its output, and the gradient: squared error for regression, cross
// entropy for classification.
#pragma once

#include "core/data/dataset.h"
#include "core/labs/attention/model/attention.h"

namespace iem {

// What a piece sums over its queries.
struct QueryTotals {
  double loss = 0, entropy = 0, correct = 0, change = 0, norm = 0;
};

class QueryLoss {
 public:
  // Each of `queries` queries has the weight 1 / queries in J; its output has `width` numbers.
  QueryLoss(const AttentionOptions& options, const Dataset& data, Eigen::Index queries, Eigen::Index width)
      : data_(data),
        queries_(static_cast<double>(queries)),
        width_(width),
        classifies_(options.task == AttentionTask::classification) {}

  // Adds the loss of query i to `totals`; g = dJ/doutput. Both have `width` numbers.
  void add(Eigen::Index i, const double* output, double* g, QueryTotals& totals) const;
  // The predicted distribution, from the gradient by the logits: g = (p - [label]) / queries.
  void predict(Eigen::Index i, const double* g, double* p) const;

 private:
  const Dataset& data_;
  double queries_;
  Eigen::Index width_;
  bool classifies_;

  void add_regression(Eigen::Index i, const double* output, double* g, QueryTotals& totals) const;
  void add_classification(Eigen::Index i, const double* output, double* g, QueryTotals& totals) const;
};

}  // namespace iem
