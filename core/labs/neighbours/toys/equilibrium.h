// A layer whose output is the fixed point z = gamma S z + x, S the softmax of every column of A, so that the
// spectral radius of gamma S is gamma. It is differentiated by one linear solve, or through a number of
// passes of the iteration. J falls to the J* of least squares at a linear rate (Kawaguchi 2021). A row is x1,
// x2 and y.
#pragma once

#include <Eigen/Core>

#include "core/labs/neighbours/kit/toy.h"

namespace iem {

class Equilibrium : public Toy {
 public:
  Equilibrium(const ToyType& type, const Config& config, const Dataset& data);

  double best() const { return best_; }                          // J*
  const Eigen::Vector2d& best_row() const { return best_row_; }  // M*
  const Eigen::Matrix2d& moments() const { return moments_; }    // C = mean x x^T
  double gamma() const { return gamma_; }
  Eigen::Matrix2d mixing(const Theta& theta) const;  // S
  Eigen::Vector2d row(const Theta& theta) const;     // M = B (1 - gamma S)^-1
  // (1 - eta lambda_min(D C))^2 at theta: the factor by which a step multiplies J - J* near the optimum.
  double factor(const Theta& theta, double rate) const;
  // The largest difference between dJ/dA through `passes` passes and through the fixed point.
  double unrolled_error(const Theta& theta, const Dataset& rows, int passes) const;

  Theta start(const Config&) const override;
  double value(const Theta& theta, const Dataset& rows, Theta& gradient) const override;
  Dual definition(std::span<const Dual> theta, const Dataset& rows) const override;
  std::vector<std::string> metric_ids() const override { return {"excess", "row_1", "row_2"}; }
  void measure(const Theta& theta, const Dataset& rows, double loss, std::vector<double>& out) const override;
  std::vector<double> places(const Theta& theta) const override;
  std::vector<ExactQuantity> exact(const Run& run) const override;

 private:
  // J, dJ/dA and dJ/dB; passes < 0: through the fixed point.
  double through(const Theta& theta, const Dataset& rows, int passes, Theta& gradient) const;
  double gamma_, best_ = 0;
  int passes_;
  Eigen::Vector2d best_row_;
  Eigen::Matrix2d moments_;
};

inline const Equilibrium& equilibrium_of(const Snapshot& s) {
  return static_cast<const Equilibrium&>(s.model());
}

Figure equilibrium_stage(const Snapshot& snapshot, const View& view);
Figure equilibrium_excess_figure(const Snapshot& snapshot, const View& view);
Figure equilibrium_passes_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
