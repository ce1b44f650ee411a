#include "core/labs/kit/free_side.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/libm.h"

namespace iem {

void FreeSide::avoid_mark(double x, double y) {
  const double away = libm::hypot(x - x_, y - y_);
  if (away >= reach_) return;
  taken_.emplace_back(away > 0 ? libm::atan2(y - y_, x - x_) : 0, 1 - away / reach_);
}

void FreeSide::avoid_line(double x, double y) {
  if (x != x_ || y != y_) taken_.emplace_back(libm::atan2(y - y_, x - x_), 1);
}

void FreeSide::avoid_angle(double radians) { taken_.emplace_back(radians, 1); }

double FreeSide::struck(double x, double y) const {
  double most = 0;
  for (const auto& [x0, y0, x1, y1] : segments_) {
    const double dx = x1 - x0, dy = y1 - y0, square = dx * dx + dy * dy;
    const double t = square > 0 ? std::clamp(((x - x0) * dx + (y - y0) * dy) / square, 0.0, 1.0) : 0;
    most = std::max(most, 1 - libm::hypot(x - x0 - t * dx, y - y0 - t * dy) / (0.2 * reach_));
  }
  return most;
}

std::pair<double, double> FreeSide::best(double wish, bool wide) const {
  constexpr int kDirections = 16;
  constexpr double kTurn = 2 * std::numbers::pi;
  double best_cost = 0, best_angle = wish;
  for (int k = 0; k < kDirections; ++k) {
    // Directions are tried alternately on both sides of the wish, so that of equally good ones the nearest
    // wins.
    const double angle = wish + kTurn / kDirections * (k % 2 ? (k + 1) / 2 : -k / 2);
    // A name stands at a third of the reach, several in a row at 0.45 of it.
    const double away = (wide ? 0.45 : 0.33) * reach_, half = wide ? 0.33 * reach_ : 0;
    const double x = x_ + away * libm::cos(angle), y = y_ + away * libm::sin(angle);
    double cost = 1.2 * std::max({struck(x - half, y), struck(x, y), struck(x + half, y)});
    for (const auto& [at, weight] : taken_) {
      const double apart = std::abs(std::remainder(angle - at, kTurn));
      cost += weight * libm::exp(-2.5 * apart);
      if (apart < 0.5) cost += weight;
    }
    if (k == 0 || cost < best_cost - 1e-12) best_cost = cost, best_angle = angle;
  }
  return {libm::cos(best_angle), libm::sin(best_angle)};
}

}  // namespace iem
