// Retrieval read as a modern Hopfield network: the bound of one pass, fixed points that several keys share,
// and the slope of a fixed point by one solve.
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/random.h"
#include "core/labs/attention/model/retrieval.h"

namespace iem {
namespace {

Eigen::MatrixXd drawn(Eigen::Index rows, Eigen::Index columns, double size, Random& random) {
  Eigen::MatrixXd out(rows, columns);
  for (Eigen::Index i = 0; i < rows; ++i)
    for (Eigen::Index j = 0; j < columns; ++j) out(i, j) = size * random.normal();
  return out;
}

TEST(Hopfield, OnePassIsWithinTheBoundOfTheSeparation) {
  Random random(4);
  int tight = 0;
  for (int trial = 0; trial < 200; ++trial) {
    const Eigen::MatrixXd keys = drawn(5, 8, 1.5, random);
    const Eigen::Index i = trial % 5;
    const Eigen::RowVectorXd query = keys.row(i) + 0.05 * drawn(1, 8, 1, random);
    const HopfieldReading r = hopfield_reading(keys, query, 1.2);
    EXPECT_LE(r.one_pass, r.bound * (1 + 1e-12)) << trial;
    tight += r.bound < 1e-3 ? 1 : 0;
    if (r.separation > 10) EXPECT_EQ(r.nearest, i);
  }
  EXPECT_GT(tight, 20) << "a bound that says nothing";
}

TEST(Hopfield, KeysThatAreCloseShareAFixedPointBetweenThem) {
  Eigen::MatrixXd keys(4, 2);
  keys << 3, 0.25, 3, -0.25, -2.5, 2, -2.5, -2;
  const Eigen::RowVector2d near(2.4, 0.3), other(-2.2, 1.7);
  const HopfieldReading both = hopfield_reading(keys, near, 1), one = hopfield_reading(keys, other, 1);
  EXPECT_EQ(both.shares, 2);
  EXPECT_NEAR(both.at_rest, 0.25, 0.01);
  EXPECT_LT(both.separation, 0.2);
  EXPECT_EQ(one.shares, 1);
  EXPECT_LT(one.at_rest, 0.01);
  EXPECT_GT(one.separation, 5);
  EXPECT_LT(both.contraction, 1);
  EXPECT_LT(one.contraction, both.contraction);
}

TEST(Hopfield, TheSlopeOfAFixedPointIsOneSolve) {
  Random random(8);
  int solved_for = 0;
  for (int trial = 0; trial < 10; ++trial) {
    const Eigen::MatrixXd keys = drawn(4, 3, 1, random);
    const Eigen::RowVectorXd query = drawn(1, 3, 1, random), v = drawn(1, 3, 1, random);
    const double c = 0.6;
    const Eigen::MatrixXd orbit = retrieval_orbit(keys, query, c, 3000);
    const Eigen::RowVectorXd rest = orbit.row(3000);
    if (hopfield_reading(keys, query, c).contraction > 0.9) continue;
    ++solved_for;
    const Eigen::MatrixXd solved = implicit_key_gradient(keys, rest, c, v);
    const auto off = [&](int passes) {
      return (solved - unrolled_key_gradient(keys, query, c, v, passes)).cwiseAbs().maxCoeff();
    };
    EXPECT_LT(off(600), 1e-10) << trial;
    EXPECT_GT(off(1), 1e-6) << trial;
    // And by differences of where it rests.
    for (Eigen::Index entry = 0; entry < keys.size(); ++entry) {
      constexpr double kStep = 1e-5;
      Eigen::MatrixXd ahead = keys, behind = keys;
      ahead(entry / 3, entry % 3) += kStep, behind(entry / 3, entry % 3) -= kStep;
      const double slope = v.dot(retrieval_orbit(ahead, query, c, 3000).row(3000) -
                                 retrieval_orbit(behind, query, c, 3000).row(3000)) /
                           (2 * kStep);
      EXPECT_NEAR(solved(entry / 3, entry % 3), slope, 1e-7) << trial;
    }
  }
  EXPECT_GT(solved_for, 0);
}

}  // namespace
}  // namespace iem
