// Arrows for the pulls of points on a component.
#pragma once

#include <Eigen/Core>
#include <functional>

#include "core/figure/figure.h"

namespace iem {

struct PullsOf {
  int component = 0;
  Eigen::Vector2d place;  // of the component
  std::size_t shown = 1;  // number of components whose pulls are drawn, which share the number of arrows
  double grown = 1;       // how much of their length
  // The place at which the pull of point i acts, if not at `place`; its arrow then reaches the point.
  std::function<Eigen::Vector2d(Eigen::Index i)> foot = {};
};
// Adds arrows weights(i, j) (x_i - place) for the points with the largest pulls; their width shows the
// weight.
void add_pulls(Panel& panel, const Eigen::MatrixXd& points, const Eigen::MatrixXd& weights,
               const PullsOf& of);

}  // namespace iem
