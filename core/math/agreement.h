// How well a partition agrees with known classes, whatever the numbers of its parts.
#pragma once

#include <Eigen/Core>

namespace iem {

// The C x K table of how many points of class c lie in part j. Labels and parts count from 0; points with a
// negative label are left out.
Eigen::MatrixXd contingency(const Eigen::VectorXi& labels, const Eigen::VectorXi& parts);

// The adjusted Rand index (Hubert & Arabie 1985): 1 where part and class are the same, 0 on average where
// they have nothing to do with each other; 1 where both are one single class.
double adjusted_rand_index(const Eigen::MatrixXd& contingency);

// The largest share of points in their own class that some one-to-one assignment of parts to classes gives.
// NaN without points.
double matched_share(const Eigen::MatrixXd& contingency);

}  // namespace iem
