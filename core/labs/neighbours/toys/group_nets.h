// Least squares with weights made of products: w_l = u_l^2 v_l for every group l, w = a * a - b * b, or w as
// it is. Descent from a small start finds group-sparse, sparse and short weights without a penalty (Li,
// Nguyen, Hegde & Wong 2023). A row of the data is the inputs, four a group, then the output.
#pragma once

#include <Eigen/Core>
#include <optional>

#include "core/labs/neighbours/kit/toy.h"

namespace iem {

class GroupNets : public Toy {
 public:
  enum class Form : std::uint8_t { grouped, sparse, plain };
  GroupNets(const ToyType& type, const Config& config, const Dataset& data);

  Form form() const { return form_; }
  // Whether weights can be dragged: in the sparse form a weight is a difference of two squares, and no single
  // factor determines it.
  bool moves_by_hand() const { return form_ != Form::sparse; }
  Eigen::Index groups() const { return groups_; }
  Eigen::VectorXd weights(const Theta& theta) const;
  Eigen::VectorXd norms(const Eigen::VectorXd& w) const;  // one a group
  const std::optional<Eigen::VectorXd>& truth() const { return truth_; }
  double error(const Eigen::VectorXd& w) const;  // |w - w*|/|w*|; nan where w* is not known
  // pulls: |X_l^T y|/N. first: the group with the largest one. leaving_time: the time at which this group
  // leaves the start.
  const Eigen::VectorXd& pulls() const { return pulls_; }
  Eigen::VectorXd pull(Eigen::Index group) const;  // X_l^T y/N itself
  Eigen::Index first() const { return first_; }
  double leaving_time() const;
  // The error of least squares on the true groups only, and that of the shortest weights that fit the data.
  double oracle_error() const;
  double shortest_error() const;

  Theta start(const Config& config) const override;
  double value(const Theta& theta, const Dataset& rows, Theta& gradient) const override;
  Dual definition(std::span<const Dual> theta, const Dataset& rows) const override;
  std::vector<std::string> metric_ids() const override;
  void measure(const Theta& theta, const Dataset& rows, double loss, std::vector<double>& out) const override;
  std::vector<double> kept(const Theta& theta) const override;
  std::vector<double> kept_size(const Theta& theta) const override;
  std::string kept_tex() const override { return form_ == Form::grouped ? "u_l^2-2\\|v_l\\|^2" : "a_ib_i"; }
  std::vector<ExactQuantity> exact(const Run& run) const override;

 private:
  Form form_;
  double alpha_;
  Eigen::Index inputs_ = 0, groups_ = 0, first_ = 0;
  std::optional<Eigen::VectorXd> truth_;
  Eigen::MatrixXd x_;
  Eigen::VectorXd y_, pulls_;
};

inline const GroupNets& groups_of(const Snapshot& s) { return static_cast<const GroupNets&>(s.model()); }

Figure groups_stage(const Snapshot& snapshot, const View& view);
Figure groups_norms_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
