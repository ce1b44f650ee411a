// One head of attention and its loss (Agarwal, Dalal & Misra 2025, arXiv 2512.22473).
//
//   s_ij = q_i . k_j / sqrt(d_k),  alpha_ij = softmax_j(s_ij / tau),  o_i = sum_j alpha_ij v_j,
// with q, k, v free vectors (direct) or images of tokens, q_i = W_Q^T x_i and so on (projected). With labels
// J is the mean cross-entropy of softmax(W_O^T o_i); with targets it is the mean of |o_i - y_i|^2 / 2.
//
// With u_i = dJ/do_i (which carries the 1/T of the mean), b_ij = u_i . v_j and E_i[b] = sum_j alpha_ij b_ij:
//   routing law  dJ/ds_ij = alpha_ij (b_ij - E_i[b]) / tau,   value law  dJ/dv_j = sum_i alpha_ij u_i.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/model/model.h"

namespace iem {

enum class AttentionTask : std::uint8_t { regression, classification };

struct AttentionOptions {
  bool direct = false;  // q, k, v are parameters; else projections of tokens
  AttentionTask task = AttentionTask::regression;
  Eigen::Index keys = 0;  // direct: how many keys and values; projected: as many as tokens
  Eigen::Index key_width = 2, value_width = 2;
  Eigen::Index classes = 0;     // classification: columns of W_O
  bool causal = false;          // query i sees keys 0..i
  std::set<std::string> learn;  // names of blocks
};

// The quantities of the formulas above, for the given queries (rows) and all keys.
struct AttentionRows {
  std::vector<Eigen::Index> queries;
  Eigen::MatrixXd scores;          // s_ij; -infinity where key j is masked
  Eigen::MatrixXd attention;       // alpha_ij
  Eigen::MatrixXd outputs;         // o_i: rows x d_v
  Eigen::MatrixXd errors;          // u_i: rows x d_v
  Eigen::MatrixXd usefulness;      // E_i[b] - b_ij; if positive, descent raises the score; 0 where masked
  Eigen::MatrixXd score_gradient;  // dJ/ds_ij
  Eigen::MatrixXd predictions;     // classification: softmax of the logits, rows x classes
};

// Queries, keys and values by token: T x d_k, K x d_k, K x d_v.
struct AttentionVectors {
  Eigen::MatrixXd queries, keys, values;
};

// One query as Attention::observe shows it.
struct AttentionView {
  Eigen::Index query, seen;  // keys 0..seen-1 are not masked
  const double* attention;   // alpha_ij, seen of them
  const double* usefulness;  // E_i[b] - b_ij, seen of them
  const double* prediction;  // classification: a probability a class
};

class Attention : public Model {
 public:
  // For data of this size and this width of tokens.
  Attention(AttentionOptions options, const Dataset& data);

  const AttentionOptions& options() const { return options_; }
  Eigen::Index queries() const { return queries_; }
  Eigen::Index keys() const { return options_.keys; }
  Eigen::Index visible(Eigen::Index query) const { return options_.causal ? query + 1 : options_.keys; }

  void evaluate(const Theta& theta, double tau, const Dataset& data, std::span<const Eigen::Index> batch,
                Wanted wanted, ThreadPool& pool, Evaluation& out) const override;
  bool reports_drift() const override { return true; }
  void evaluate_after(const Before& before, const Theta& theta, double tau, const Dataset& data,
                      ThreadPool& pool, Evaluation& out) const override;

  // accuracy and predictive_entropy (of the predicted distributions, nats; NaN for regression), routing_drift
  // = |alpha_t - alpha_{t-1}| / |alpha_t| and value_drift = |V_t - V_{t-1}| / |V_t| (Frobenius; 0 without a
  // step before), and with the data of a chain: excess = J - entropy of the chain.
  std::vector<std::string> metric_ids() const override;

  std::string em_unavailable() const override;
  std::string value_step_unavailable() const override;
  Theta value_step(const Theta& theta, double tau, const Dataset& data, double ridge) const override;

  // For figures, tables and checks: computed by the plain formulas, independently of evaluate().
  AttentionVectors vectors(const Theta& theta, const Dataset& data) const;
  AttentionRows rows(const Theta& theta, double tau, const Dataset& data,
                     std::vector<Eigen::Index> queries) const;
  // Calls `see` with every query in turn, as fast as evaluate(): for maps of all queries and keys.
  void observe(const Theta& theta, double tau, const Dataset& data,
               const std::function<void(const AttentionView&)>& see) const;
  // W_O of theta; d_v x 0 for regression.
  Eigen::MatrixXd readout(const Theta& theta) const;

 private:
  AttentionOptions options_;
  Eigen::Index queries_ = 0;
  bool has_chain_ = false;
};

}  // namespace iem
