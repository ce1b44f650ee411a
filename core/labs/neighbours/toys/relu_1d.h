// A network of one hidden layer on the line: f(x) = sum_i c_i max(a_i x - b_i, 0). Gradient flow conserves
// c^2 - a^2 - b^2 of every neuron. Where this is far below 0 the knots b/a stay and f is a kernel fit; where
// it is above 0 the knots move to the data (Williams et al. 2019). A row of the data is (x, y).
#pragma once

#include <Eigen/Core>

#include "core/labs/neighbours/kit/toy.h"

namespace iem {

class Relu1d : public Toy {
 public:
  static constexpr Eigen::Index kPairs = 20, kNeurons = 2 * kPairs;
  Relu1d(const ToyType& type, const Config& config, const Dataset& data);

  Theta start(const Config&) const override { return start_; }
  double value(const Theta& theta, const Dataset& rows, Theta& gradient) const override;
  Dual definition(std::span<const Dual> theta, const Dataset& rows) const override;
  std::vector<double> kept(const Theta& theta) const override;
  std::vector<double> kept_size(const Theta& theta) const override;
  std::string kept_tex() const override { return "c_i^2-a_i^2-b_i^2"; }
  std::vector<ExactQuantity> exact(const Run& run) const override;

  static double output(const Theta& theta, double x);
  static double knot(const Theta& theta, Eigen::Index i) { return theta[kNeurons + i] / theta[i]; }
  // f(x) of the network with fixed knots, after `steps` steps of gradient descent on c alone.
  double frozen(double x, std::int64_t steps, double rate) const;
  bool is_adaptive() const { return kept(start_)[0] > 0; }
  // The piecewise linear interpolation of the points at x.
  double straight(double x) const;
  double probe() const { return probe_; }  // half way between the first two points
  const Eigen::MatrixXd& rows() const { return rows_; }
  bool has_frozen() const { return eigenvalues_.size() > 0; }
  const Eigen::VectorXd& kernel_eigenvalues() const { return eigenvalues_; }  // of K; empty: too many rows

 private:
  Eigen::VectorXd features(double x) const;  // of the start
  Theta start_;
  Eigen::MatrixXd rows_;  // in the order of x
  double probe_ = 0;
  Eigen::MatrixXd at_rows_, vectors_;
  Eigen::VectorXd eigenvalues_;
};

inline const Relu1d& relu_of(const Snapshot& s) { return static_cast<const Relu1d&>(s.model()); }

Figure relu_stage(const Snapshot& snapshot, const View& view);
Figure relu_knots_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
