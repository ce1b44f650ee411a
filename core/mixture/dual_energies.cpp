#include "core/mixture/dual_energies.h"

#include "core/math/circle.h"

namespace iem {

DualEnergies::DualEnergies(const Mixture& model, const Theta& theta, Eigen::Index direction)
    : model_(model),
      theta_(theta),
      direction_(direction) {
  const MixtureOptions& options = model.options();
  const Block& weights = model.layout().block("weights");
  const int k = model.components();
  const double top = theta.segment(weights.offset, k).maxCoeff();
  for (int j = 0; j < k; ++j) log_total_ = log_total_ + simd::exp(entry(weights.offset + j) - top);
  log_total_ = simd::log(log_total_) + top;
  if (options.volume_term) constant_ = options.energy->constant_2d(options.shape.data());
}

void DualEnergies::at(double point_x, double point_y, std::vector<Dual>& d) const {
  const MixtureOptions& options = model_.options();
  const Block& means = model_.layout().block("means");
  const Block& shapes = model_.layout().block("covariances");
  const Block& weights = model_.layout().block("weights");
  const bool competitive = options.objective == Objective::log_sum_exp;
  for (int j = 0; j < model_.components(); ++j) {
    const Eigen::Index row = shapes.offset + (shapes.rows == 1 ? 0 : j) * shapes.columns;
    const Dual log00 = entry(row), w10 = shapes.columns == 3 ? entry(row + 1) : Dual{};
    const Dual log11 = shapes.columns == 1 ? log00 : entry(row + shapes.columns - 1);
    Dual mx = entry(means.offset + 2 * j), my = entry(means.offset + 2 * j + 1);
    double x = point_x, y = point_y;
    if (options.energy->on_circle) {
      move_to_circle(x, y);
      move_to_circle(mx, my);
    }
    Dual u0 = x - mx, u1 = y - my;
    if (!options.energy->on_circle) {
      u1 = w10 * u0 + simd::exp(log11) * u1;
      u0 = simd::exp(log00) * u0;
    }
    Dual& energy = d[static_cast<std::size_t>(j)];
    energy = options.energy->dual_kernel(u0, u1, options.shape.data());
    if (options.volume_term) energy = energy - log00 - log11 + constant_;
    if (competitive) energy = energy - (entry(weights.offset + j) - log_total_);
  }
}

}  // namespace iem
