// The weighted median: the m that minimises sum_i w_i |x_i - m|, or the middle of the interval where a whole
// interval does.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace iem {

using Column = Eigen::Ref<const Eigen::VectorXd>;

// The indices of x from the least value to the greatest; equal values in the order of their indices.
std::vector<Eigen::Index> sorted_order(const Column& x);

// `order` as sorted_order(x) gives it; weights >= 0, not all 0.
double weighted_median(const Column& x, const Column& weights, const std::vector<Eigen::Index>& order);

}  // namespace iem
