// Covariances as users write them: rounded in the last bits, singular, or not symmetric at all.
#include "core/mixture/given_covariance.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/core/error_of.h"
#include "tests/core/support.h"

namespace iem {
namespace {

std::string fault(double xx, double xy, double yx, double yy) {
  const double v[] = {xx, xy, yx, yy};
  return given_covariance(v, 1).fault;
}

TEST(GivenCovariance, TakesTheMeanOfWhatRoundingParted) {
  const double up = std::nextafter(0.3, 1);
  const double v[] = {2, 0.3, up, 1};
  EXPECT_EQ(given_covariance(v, 0).fault, "");
  EXPECT_EQ(given_covariance(v, 0).matrix.xy, 0.3 / 2 + up / 2);
  int taken = 0;
  for (const double size : {1e-200, 1e-8, 1.0, 1e8, 1e200})
    for (const double xy : {-0.9, -1e-3, 1e-3, 0.5})
      for (const double apart : {1e-16, 1e-12, 0.99e-8}) {
        EXPECT_EQ(fault(2 * size, xy * size, xy * size * (1 + apart), size), "") << size << " " << xy;
        ++taken;
      }
  EXPECT_EQ(taken, 60);
  EXPECT_EQ(fault(1, 1e-17, -1e-17, 1), "") << "0 but for rounding";
}

TEST(GivenCovariance, RefusesARealAsymmetry) {
  for (const double size : {1e-200, 1.0, 1e200})
    for (const double apart : {1.1e-8, 1e-6, 0.5, 1.0})
      EXPECT_NE(fault(size, 0.1 * size, 0.1 * size * (1 + apart), size).find("is not symmetric"),
                std::string::npos);
  EXPECT_NE(fault(1, 0.1, 0.2, 1).find("0.1 above the diagonal and 0.2 below"), std::string::npos);
  EXPECT_NE(fault(1e8, 0.1, 0.2, 1e8).find("not symmetric"), std::string::npos);
  EXPECT_NE(fault(1, 1e-9, 0, 1).find("not symmetric"), std::string::npos);
}

TEST(GivenCovariance, ASingularOneNamesItsComponentAndTheRemedy) {
  for (const auto& [xx, xy, yy] :
       {std::array{1.0, 1.0, 1.0}, std::array{4.0, 2.0, 1.0}, std::array{0.0, 0.0, 3.0}}) {
    const std::string said = fault(xx, xy, xy, yy);
    EXPECT_NE(said.find("component 2"), std::string::npos) << said;
    EXPECT_NE(said.find("singular"), std::string::npos) << said;
    EXPECT_NE(said.find("diagonal, such as "), std::string::npos) << said;
    const double little = std::stod(said.substr(said.rfind(' ')));
    EXPECT_EQ(fault(xx + little, xy, xy, yy + little), "") << "the remedy helps: " << said;
  }
  EXPECT_NE(fault(1, 2, 2, 1).find("between -1.0 and 1.0"), std::string::npos) << fault(1, 2, 2, 1);
  EXPECT_NE(fault(-1, 0, 0, 1).find("variances greater than 0"), std::string::npos);
  EXPECT_NE(fault(0, 0, 0, 0).find("variances greater than 0"), std::string::npos);
}

// A determinant of 0 may come out as some 1e-17 of either sign.
TEST(GivenCovariance, ASingularOneIsSeenThroughRounding) {
  int refused = 0;
  for (const double size : {1e-200, 1e-3, 1.0, 7.0, 1e200})
    for (const double a : {0.1, 0.3, 0.7, 1.1, 3.0})
      for (const double b : {0.1, 0.3, -0.6, 0.9, 1.7}) {
        const std::string said = fault(a * a * size, a * b * size, a * b * size, b * b * size);
        EXPECT_NE(said.find("component 2 would have no width along one direction"), std::string::npos)
            << size << " " << a << " " << b << ": " << said;
        ++refused;
      }
  EXPECT_EQ(refused, 125);
  EXPECT_NE(fault(0.1, 0.3, 0.3, 0.9).find("singular"), std::string::npos);
  // Thin ones stay: a millionth of the width across.
  EXPECT_EQ(fault(1, 1 - 1e-12, 1 - 1e-12, 1), "");
  EXPECT_EQ(fault(1, 0, 0, 1e-30), "");
}

// The same in a scene and in an edit of the state; kinds of covariance know rounding too.
TEST(GivenCovariance, IsReadAlikeInASceneAndInAnEdit) {
  const std::string head =
      "[model]\ncomponents = 2\ninit = \"explicit\"\nmeans = [[0.0, 0.0], [1.0, 1.0]]\ncovariance = \"";
  const std::string off = "0.10000000000000002";
  const auto error = [&](const std::string& kind, const std::string& matrices) {
    return error_of([&] {
      iem::Run run(testing::mixture_scene(head + kind + "\"\ncovariances = " + matrices + "\n"),
                   testing::pool());
    });
  };
  EXPECT_EQ(error("full", "[[[1.0, 0.1], [" + off + ", 1.0]], [[1.0, 0.0], [0.0, 1.0]]]"), "");
  EXPECT_EQ(error("spherical", "[[[0.3, 1e-17], [0.0, 0.30000000000000004]], [[1.0, 0.0], [0.0, 1.0]]]"), "");
  EXPECT_EQ(error("diag", "[[[1.0, 1e-17], [1e-17, 2.0]], [[1.0, 0.0], [0.0, 1.0]]]"), "");
  EXPECT_EQ(error("tied", "[[[0.3, 0.1], [0.1, 1.0]], [[0.30000000000000004, 0.1], [" + off + ", 1.0]]]"),
            "");
  EXPECT_NE(
      error("spherical", "[[[1.0, 0.0], [0.0, 1.0001]], [[1.0, 0.0], [0.0, 1.0]]]").find("not spherical"),
      std::string::npos);
  EXPECT_NE(
      error("full", "[[[1.0, 0.0], [0.0, 1.0]], [[1.0, 1.0], [1.0, 1.0]]]").find("component 2 would have no"),
      std::string::npos);
  iem::Run run(testing::mixture_scene("[model]\ncomponents = 2\n"), testing::pool());
  run.apply({"state.covariances", Tensor{{2, 2, 2}, {1, 0.1, std::nextafter(0.1, 1), 1, 1, 0, 0, 1}}});
  const std::string said = error_of([&] {
    run.apply({"state.covariances", Tensor{{2, 2, 2}, {1, 0, 0, 1, 1, 1, 1, 1}}});
  });
  EXPECT_NE(said.find("state.covariances[1] is not positive definite: component 2 would have no width"),
            std::string::npos)
      << said;
}

// Products of huge and tiny entries must not leave the range.
TEST(GivenCovariance, EigenvaluesOfAnySize) {
  for (const double size : {1e-280, 1e-200, 1.0, 1e200, 1e300}) {
    const Eigen2 e = eigen({2 * size, 0.5 * size, size});
    const Eigen2 truth = eigen({2, 0.5, 1});
    EXPECT_NEAR(e.large / size, truth.large, 1e-14) << size;
    EXPECT_NEAR(e.small / size, truth.small, 1e-14) << size;
  }
}

}  // namespace
}  // namespace iem
