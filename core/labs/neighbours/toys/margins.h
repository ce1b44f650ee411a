// A linear classifier through the origin on separable points: J tends to 0 without reaching it, and the
// direction of w converges to that of a largest margin, whose norm depends on how w is parametrised (Soudry
// et al. 2018; Moroshko et al. 2020). A row of the data is z_i = y_i x_i.
#pragma once

#include <Eigen/Core>
#include <optional>

#include "core/labs/neighbours/kit/toy.h"

namespace iem {

// The direction with the largest min_i z_i . w among those of length 1, and that margin.
struct LargestMargin {
  Eigen::Vector2d w;  // of length 1 in its norm
  double margin = 0;
  double degrees() const;
};
// With the Euclidean norm of w, or with |w_1| + |w_2|; nothing where the points are not separable.
std::optional<LargestMargin> largest_margin_l2(const Eigen::MatrixXd& z);
std::optional<LargestMargin> largest_margin_l1(const Eigen::MatrixXd& z);

class Margins : public Toy {
 public:
  Margins(const ToyType& type, const Config& config, const Dataset& data);

  bool is_diagonal() const { return diagonal_; }
  Eigen::Vector2d weights(const Theta& theta) const;
  // 1 - r_i for every point: the part of the responsibility that its class still lacks.
  Eigen::VectorXd lacking(const Theta& theta, const Dataset& rows) const;
  const std::optional<LargestMargin>& l2() const { return l2_; }
  const std::optional<LargestMargin>& l1() const { return l1_; }

  Theta start(const Config& config) const override;
  double value(const Theta& theta, const Dataset& rows, Theta& gradient) const override;
  Dual definition(std::span<const Dual> theta, const Dataset& rows) const override;
  std::vector<std::string> metric_ids() const override {
    return {"angle", "margin_l1", "margin_l2", "support_share"};
  }
  void measure(const Theta& theta, const Dataset& rows, double loss, std::vector<double>& out) const override;
  std::vector<double> kept(const Theta& theta) const override;
  std::string kept_tex() const override { return "u_iv_i"; }
  std::vector<double> kept_size(const Theta& theta) const override;
  std::vector<ExactQuantity> exact(const Run& run) const override;
  std::string logarithm_unavailable() const override { return ""; }

 private:
  bool diagonal_;
  double alpha_;
  std::optional<LargestMargin> l2_, l1_;
};

inline const Margins& margins_of(const Snapshot& s) { return static_cast<const Margins&>(s.model()); }

Figure margins_stage(const Snapshot& snapshot, const View& view);
Figure margins_angle_figure(const Snapshot& snapshot, const View& view);
Figure margins_share_figure(const Snapshot& snapshot, const View& view);
Figure margins_margin_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
