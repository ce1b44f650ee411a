// A network of one hidden layer whose two layers have gradients of very different size, for rules that look
// at how the entries of each spread (core/optimize/rules/block_spread.h). A row of the data is x1, x2 and y.
#pragma once

#include <Eigen/Core>

#include "core/labs/neighbours/kit/toy.h"

namespace iem {

class GradSpread : public Toy {
 public:
  static constexpr Eigen::Index kHidden = 5;
  GradSpread(const ToyType& type, const Config& config, const Dataset& data);

  Theta start(const Config&) const override;
  double value(const Theta& theta, const Dataset& rows, Theta& gradient) const override;
  Dual definition(std::span<const Dual> theta, const Dataset& rows) const override;
  std::vector<std::string> metric_ids() const override {
    return {"spread_1", "spread_2", "mean_1", "mean_2"};
  }
  double value_and_numbers(const Theta& theta, const Dataset& rows, Theta& gradient,
                           std::vector<double>& numbers) const override;
  std::vector<ExactQuantity> exact(const Run& run) const override;
  static double output(const Theta& theta, double x1, double x2);
};

Figure spread_stage(const Snapshot& snapshot, const View& view);
Figure spread_figure(const Snapshot& snapshot, const View& view);
Figure spread_means_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
