// Handles of an ellipse lie on it, and dragging one changes what it stands for and nothing else.
#include "core/figure/ellipse_handles.h"

#include <gtest/gtest.h>

namespace iem {
namespace {

// (x, y)^T Sigma^-1 (x, y).
double mahalanobis2(const Sym2& s, double x, double y) {
  return (s.yy * x * x - 2 * s.xy * x * y + s.xx * y * y) / (s.xx * s.yy - s.xy * s.xy);
}

void expect_near(const Sym2& a, const Sym2& b, double tolerance) {
  EXPECT_NEAR(a.xx, b.xx, tolerance);
  EXPECT_NEAR(a.xy, b.xy, tolerance);
  EXPECT_NEAR(a.yy, b.yy, tolerance);
}

constexpr Sym2 kTilted{2.0, 0.7, 0.5};

TEST(EllipseHandles, AFrameIsItsCovariance) {
  for (const double unit_y : {1.0, 1000.0})
    expect_near(covariance_of(ellipse_frame(kTilted, 1, unit_y, EllipseFreedom::free)), kTilted, 1e-14);
  const Sym2 straight{2, 0, 0.5};
  expect_near(covariance_of(ellipse_frame(straight, 3, 7, EllipseFreedom::aligned)), straight, 1e-14);
}

TEST(EllipseHandles, EndsOfAxesLieOnTheEllipseAndKnobsBeyondTheFirst) {
  const EllipseFrame frame = ellipse_frame(kTilted, 1, 40, EllipseFreedom::free);
  for (int handle = 0; handle < kEllipseHandles; ++handle) {
    const auto [x, y] = handle_offset(frame, handle);
    EXPECT_NEAR(mahalanobis2(kTilted, x, y), turns(handle) ? 1.45 * 1.45 : 1, 1e-12) << handle;
  }
  const auto [x0, y0] = handle_offset(frame, 0);
  const auto [x4, y4] = handle_offset(frame, 4);
  EXPECT_NEAR(x0 * y4 - y0 * x4, 0, 1e-12);
}

TEST(EllipseHandles, HandlesGoWhereTheyAreDragged) {
  const EllipseFrame frame = ellipse_frame(kTilted, 1, 1, EllipseFreedom::free);
  for (int handle = 0; handle < kAxisHandles; ++handle) {
    const auto [x, y] = handle_offset(frame, handle);
    const Sym2 longer = covariance_of(dragged(frame, handle, 1.5 * x, 1.5 * y));
    EXPECT_NEAR(mahalanobis2(longer, 1.5 * x, 1.5 * y), 1, 1e-12);
    const auto [other_x, other_y] = handle_offset(frame, handle ^ 1);
    EXPECT_NEAR(mahalanobis2(longer, other_x, other_y), 1, 1e-12) << "the other axis stays";
  }
}

TEST(EllipseHandles, TurningKeepsTheEigenvalues) {
  const EllipseFrame frame = ellipse_frame(kTilted, 1, 1, EllipseFreedom::free);
  const Eigen2 before = eigen(kTilted);
  for (int handle = kAxisHandles; handle < kEllipseHandles; ++handle) {
    const Eigen2 after = eigen(covariance_of(dragged(frame, handle, -0.3, 2)));
    EXPECT_NEAR(after.large, before.large, 1e-12);
    EXPECT_NEAR(after.small, before.small, 1e-12);
    EXPECT_NEAR(after.vx * 2 + after.vy * 0.3, 0, 1e-12) << "along the hand, either way";
  }
}

TEST(EllipseHandles, CirclesStayCirclesInDataUnits) {
  const EllipseFrame frame = ellipse_frame({4, 0, 4}, 2, 5, EllipseFreedom::round);
  expect_near(covariance_of(dragged(frame, 1, 0.4, 3)), {9, 0, 9}, 1e-12);
  expect_near(covariance_of(dragged(frame, 2, -5, 1)), {25, 0, 25}, 1e-12);
  EXPECT_FALSE(has_handle(EllipseFreedom::round, 4));
  EXPECT_FALSE(has_handle(EllipseFreedom::aligned, 5));
  EXPECT_TRUE(has_handle(EllipseFreedom::free, 5));
}

TEST(EllipseHandles, AxesNeverVanish) {
  const EllipseFrame frame = ellipse_frame(kTilted, 1, 1, EllipseFreedom::free);
  const EllipseFrame flat = dragged(frame, 1, 0, 0);
  EXPECT_GT(flat.b, 0);
  EXPECT_TRUE(cholesky(covariance_of(flat)).has_value());
  EXPECT_EQ(dragged(frame, 4, 0, 0).angle, frame.angle);
}

}  // namespace
}  // namespace iem
