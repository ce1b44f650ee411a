// What the activation lab's symbols are worth, from the definitions (math.md section 4) and apart from the
// program's own code: for a test that holds every formula of the lab against the number shown with it.
#pragma once

#include <string>
#include <vector>

#include "core/run/snapshot.h"
#include "tests/support/tex_formula.h"

namespace iem::testing {

class LineTruth {
 public:
  // The hypotheses of a snapshot at z.
  LineTruth(const Snapshot& snapshot, double z);

  int count() const { return static_cast<int>(g_.size()); }
  double at() const { return z_; }
  bool normalised() const { return normalised_; }
  // Beside a kink of the kernel differences of differences say nothing.
  bool is_smooth() const;

  double kernel(double u) const;
  double kernel_slope(double u) const;
  double energy(int h, double z) const;
  double energy_slope(int h, double z) const;
  std::vector<double> responsibilities(double z) const;
  double least(double z) const;  // energy
  double log_partition(double z) const;
  double mean(double z) const;
  // -sum r (f - E f)(d' - E d'), f a number a hypothesis.
  double covariance(const std::vector<double>& f) const;
  double activation(double z) const;
  double slope_by_differences() const;  // of the activation

  // All of it by the names that formulas use; hypothesis h is bound to "h" and "s".
  TexSymbols symbols(int hypothesis) const;

 private:
  double constant() const;
  void add_state(TexSymbols& out) const;
  void add_posterior(TexSymbols& out) const;
  void add_data(TexSymbols& out) const;

  const Snapshot& s_;
  double z_;
  std::string kind_, kernel_, statistic_;
  bool normalised_ = false;
  double constant_ = 0;
  double tau_ = 1, scale_ = 1, c_ = 1, nu_ = 1, p_ = 1, alpha_ = 1;
  std::vector<double> mu_, prior_, width_, g_;
};

}  // namespace iem::testing
