// One attention head that can represent the exact Bayesian posterior: its keys are hypotheses, its query is
// the evidence so far, and it is trained by cross-entropy alone (Agarwal, Dalal & Misra). Or the game of
// elimination, in which symbols that were seen are ruled out. A row of the data is the observations of an
// episode, its label which place was the true one.
#pragma once

#include <Eigen/Core>

#include "core/labs/neighbours/kit/toy.h"

namespace iem {

class WindTunnel : public Toy {
 public:
  WindTunnel(const ToyType& type, const Config& config, const Dataset& data);

  bool is_tracking() const { return tracking_; }
  bool learns_keys() const { return keys_; }
  int symbols() const { return symbols_; }
  Eigen::Index observations() const { return observations_; }
  double inverse_variance() const { return inverse_variance_; }
  // Keys, 3 x 2: those of theta, and the Bayesian's (mu_h, -mu_h^2/2)/sigma^2.
  Eigen::MatrixXd keys(const Theta& theta) const;
  Eigen::MatrixXd bayesian_keys() const;
  // The head's probabilities of the three places after each observation of an episode: T x 3.
  Eigen::MatrixXd shares(const Eigen::MatrixXd& keys, const Dataset& rows, Eigen::Index episode) const;
  // The mean entropy of these over episodes, after 1, ..., T observations.
  Eigen::VectorXd entropies(const Eigen::MatrixXd& keys, const Dataset& rows) const;
  const Eigen::VectorXd& bayesian_entropies() const { return bayes_; }
  // For the game: the entropy of the prediction after 0, ..., n - 1 symbols were seen, and the least possible
  // one.
  std::vector<double> elimination(double m) const;
  std::vector<double> elimination_floor() const;
  double share_of_seen(double m, int seen) const;
  // The cross-entropy of the Bayesian posterior; and the sandwich standard error of the scale, clustered by
  // episodes.
  double bayesian_loss(const Dataset& rows) const;
  double standard_error(double scale, const Dataset& rows) const;
  double posterior_gap(const Theta& theta, const Dataset& rows) const;  // mean |p - posterior|

  Theta start(const Config& config) const override;
  double value(const Theta& theta, const Dataset& rows, Theta& gradient) const override;
  Dual definition(std::span<const Dual> theta, const Dataset& rows) const override;
  std::vector<std::string> metric_ids() const override { return {"entropy_gap", "learned"}; }
  double value_and_numbers(const Theta& theta, const Dataset& rows, Theta& gradient,
                           std::vector<double>& numbers) const override;
  bool falls_by_decades() const override { return false; }
  std::vector<double> places(const Theta&) const override { return {}; }
  std::vector<ExactQuantity> exact(const Run& run) const override;

 private:
  // One pass: J, its gradient by the keys where asked for, and the mean entropies.
  double pass(const Eigen::MatrixXd& keys, const Dataset& rows, Eigen::MatrixXd* by_keys,
              Eigen::VectorXd* entropies) const;
  double game(double m, double* slope) const;
  bool tracking_, keys_;
  int symbols_;
  double inverse_variance_ = 0;
  Eigen::Index observations_ = 0;
  Eigen::VectorXd bayes_;
};

inline const WindTunnel& tunnel_of(const Snapshot& s) { return static_cast<const WindTunnel&>(s.model()); }

Figure tunnel_stage(const Snapshot& snapshot, const View& view);
Figure tunnel_entropy_figure(const Snapshot& snapshot, const View& view);
Figure tunnel_learned_figure(const Snapshot& snapshot, const View& view);
Figure tunnel_ruled_out_figure(const Snapshot& snapshot, const View& view);
Figure tunnel_manifold_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
