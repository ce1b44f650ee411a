// Three outcomes and the divergence KL(p* | p) to a target: the same descent in the natural parameters theta,
// in the expectation parameters eta and along the natural gradient (Datar & Ay 2025). A row of the data is an
// outcome or a distribution over outcomes (p_1, p_2); their mean is p*, which EM reaches in one step.
#pragma once

#include <Eigen/Core>

#include "core/labs/neighbours/kit/toy.h"

namespace iem {

inline constexpr double kRoundingOfKl = 5e-16;

class Simplex : public Toy {
 public:
  Simplex(const ToyType& type, const Config& config, const Dataset& data);

  bool in_theta() const { return in_theta_; }
  const Eigen::Vector3d& target() const { return target_; }
  Eigen::Vector3d shares(const Theta& theta) const;  // p
  Theta theta_of(const Eigen::Vector3d& p) const;    // back; p inside the triangle
  Eigen::Vector2d curvatures() const;                // of J at p* in these coordinates, rising
  // step_time: the time that one step advances. slope_at_the_end: the limit of the slope of -log KL over
  // time; nan where it is not known for the rule.
  double step_time(const Config& config) const;
  double slope_at_the_end(const Config& config) const;

  Theta start(const Config& config) const override;
  double value(const Theta& theta, const Dataset& rows, Theta& gradient) const override;
  Dual definition(std::span<const Dual> theta, const Dataset& rows) const override;
  std::vector<std::string> metric_ids() const override { return {"p_0", "p_1", "p_2"}; }
  void measure(const Theta& theta, const Dataset& rows, double loss, std::vector<double>& out) const override;
  double least_loss() const override { return kRoundingOfKl; }
  std::vector<double> places(const Theta& theta) const override;
  std::vector<ExactQuantity> exact(const Run& run) const override;
  // Names a probability that is less than 0.
  std::string why_no_loss(const Theta& theta) const override;

  std::string em_unavailable() const override { return ""; }
  void em_step_into(const Theta&, const Dataset&, const Evaluation&, double, Theta& next) const override {
    next = theta_of(target_);
  }

 protected:
  void mix_moments_into(const Theta& a, const Theta& b, double eta, Theta& out) const override;

 private:
  bool in_theta_;
  double balance_;
  Eigen::Vector3d target_;
  Eigen::Matrix2d fisher_;  // G_theta at p*
  Eigen::Matrix2d inward_;  // from the stored coordinates to theta or eta
};

inline const Simplex& simplex_of(const Snapshot& s) { return static_cast<const Simplex&>(s.model()); }

// Where p stands in the triangle whose corners are the outcomes 0, 1, 2, and back.
Eigen::Vector2d place_of(const Eigen::Vector3d& p);
Eigen::Vector3d shares_at(double x, double y);

Figure simplex_stage(const Snapshot& snapshot, const View& view);
Figure simplex_shares_figure(const Snapshot& snapshot, const View& view);
Figure simplex_slopes_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
