// Kernel ridge regression with a weight on every input, learned by descent: the weight of an irrelevant input
// reaches 0 and stays there without any explicit penalty on the weights (Jordan, Liu & Ruan 2021). A row of
// the data is two inputs and the output.
#pragma once

#include <Eigen/Core>
#include <memory>
#include <mutex>

#include "core/labs/kit/levels.h"
#include "core/labs/neighbours/kit/toy.h"

namespace iem {

class SelfPenalty : public Toy {
 public:
  SelfPenalty(const ToyType& type, const Config& config, const Dataset& data);

  Theta start(const Config& config) const override;
  double value(const Theta& theta, const Dataset& rows, Theta& gradient) const override;
  Dual definition(std::span<const Dual> theta, const Dataset& rows) const override;
  std::vector<std::string> metric_ids() const override { return {"beta_1", "beta_2", "slope_1", "slope_2"}; }
  double value_and_numbers(const Theta& theta, const Dataset& rows, Theta& gradient,
                           std::vector<double>& numbers) const override;
  bool falls_by_decades() const override { return false; }
  std::vector<double> places(const Theta& theta) const override { return {theta[0], theta[1]}; }
  std::vector<ExactQuantity> exact(const Run& run) const override;
  void project(Theta& theta) const override { theta = theta.cwiseMax(0); }  // beta >= 0

  // J and its gradient on the stage, made once; no values where the rows are too many.
  struct Ground {
    PlaneGrid grid;
    std::vector<double> loss, slope_x, slope_y;
  };
  const Ground& ground() const;

 private:
  bool laplace_;
  double lambda_;
  Dataset data_;
  mutable std::once_flag once_;
  mutable Ground ground_;
};

inline const SelfPenalty& penalty_of(const Snapshot& s) { return static_cast<const SelfPenalty&>(s.model()); }

Figure penalty_stage(const Snapshot& snapshot, const View& view);
Figure penalty_slopes_figure(const Snapshot& snapshot, const View& view);
Figure penalty_weights_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
