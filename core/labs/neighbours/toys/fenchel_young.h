// The loss of one point under softmax, entmax-1.5 or sparsemax: l(d; y) = d_y + tau max_p(-p.d/tau -
// Omega(p)), whose slope along each energy is [j = y] - p_j (Blondel, Martins & Niculae 2020). It is exactly
// 0 where the other energies are at least tau m above that of the label; m = 1 for sparsemax, 2 for
// entmax-1.5, and softmax has no such margin. The energies are learned directly, or computed by a network of
// two layers, whose gradient then lies between two multiples of |p - e_y|^2 (Qi, Gong & Li 2025). A row of
// the data is three energies, or the network's input and a 0.
#pragma once

#include <Eigen/Core>
#include <array>

#include "core/labs/neighbours/kit/toy.h"
#include "core/math/responsibility.h"

namespace iem {

class FenchelYoung : public Toy {
 public:
  FenchelYoung(const ToyType& type, const Config& config, const Dataset& data);

  bool is_net() const { return net_; }
  int label() const { return label_; }
  double tau() const { return tau_; }
  Responsibility rule() const { return rule_; }
  std::array<double, 3> energies(const Theta& theta) const;
  Eigen::VectorXd hidden(const Theta& theta) const;  // tanh(U x), of the network
  std::array<double, 3> shares(const std::array<double, 3>& d) const;
  double loss_of(const std::array<double, 3>& d) const;
  double margin() const;  // m; infinite of softmax
  // The smallest gap of two energies at which the loss is 0, found by bisection; infinite where there is
  // none.
  double measured_margin() const;
  // lambda_min |p - e_y|^2, |dl/dtheta|^2 and lambda_max |p - e_y|^2 of the network.
  std::array<double, 3> sandwich(const Theta& theta) const;

  Theta start(const Config&) const override { return start_; }
  double value(const Theta& theta, const Dataset& rows, Theta& gradient) const override;
  Dual definition(std::span<const Dual> theta, const Dataset& rows) const override;
  std::vector<std::string> metric_ids() const override {
    return {"share_0", "share_1", "share_2", "gradient_lower", "gradient_squared", "gradient_upper"};
  }
  void measure(const Theta& theta, const Dataset& rows, double loss, std::vector<double>& out) const override;
  double least_loss() const override { return 1e-15; }  // a difference of energies
  std::vector<double> places(const Theta& theta) const override;
  std::vector<ExactQuantity> exact(const Run& run) const override;

 private:
  Eigen::MatrixXd jacobian(const Theta& theta) const;  // of -d by theta: 3 x parameters
  bool net_;
  int label_;
  double tau_;
  Responsibility rule_;
  Eigen::Vector2d input_;
  Theta start_;
};

inline const FenchelYoung& fenchel_of(const Snapshot& s) {
  return static_cast<const FenchelYoung&>(s.model());
}

Figure fenchel_stage(const Snapshot& snapshot, const View& view);
Figure fenchel_map_figure(const Snapshot& snapshot, const View& view);
Figure fenchel_loss_figure(const Snapshot& snapshot, const View& view);
Figure fenchel_sandwich_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
