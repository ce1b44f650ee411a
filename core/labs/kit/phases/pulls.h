// What points pull a component of a stage by.
#pragma once

#include <Eigen/Core>
#include <functional>

#include "core/figure/figure.h"

namespace iem {

struct PullsOf {
  int component = 0;
  Eigen::Vector2d place;  // where it is
  std::size_t shown = 1;  // components whose pulls are drawn: they share the room
  double grown = 1;       // how much of their length
  // Where the pull of point i is taken hold of, in place of `place`; it then reaches all the way.
  std::function<Eigen::Vector2d(Eigen::Index i)> foot = {};
};
// weights(i, j) (x_i - place) of the points that pull most, from the component, as wide as the weight.
void add_pulls(Panel& panel, const Eigen::MatrixXd& points, const Eigen::MatrixXd& weights,
               const PullsOf& of);

}  // namespace iem
