#include "core/labs/layer/figures/lines.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/libm.h"

namespace iem {

Eigen::Vector2d unit_anchor(const Dataset& data, Eigen::Index unit, Eigen::Index units) {
  constexpr double kReach = 0.9;  // of the points' spread
  const Eigen::RowVector2d middle = data.points.colwise().mean();
  const double n = static_cast<double>(data.size());
  const double spread = std::sqrt((data.points.rowwise() - middle).squaredNorm() / n);
  // Evenly over a disc, as the seeds of a sunflower (Vogel 1979).
  const double turn = std::numbers::pi * (3 - std::sqrt(5.0));
  const double angle = turn * static_cast<double>(unit);
  const double radius =
      kReach * spread * std::sqrt((static_cast<double>(unit) + 0.5) / static_cast<double>(units));
  return middle.transpose() + radius * Eigen::Vector2d(libm::cos(angle), libm::sin(angle));
}

std::optional<UnitLine> line_of(const Eigen::Vector2d& w, double b, const Eigen::Vector2d& anchor) {
  const double square = w.squaredNorm();
  if (!(square > 0) || !std::isfinite(square)) return std::nullopt;
  UnitLine out{w, b, {}, w / square};
  out.mark = anchor - (w.dot(anchor) + b) * out.normal;
  constexpr double kBeyond = 1e100;
  const bool there = out.mark.allFinite() && out.normal.allFinite() &&
                     out.mark.cwiseAbs().maxCoeff() < kBeyond && out.normal.cwiseAbs().maxCoeff() < kBeyond;
  return there ? std::optional(out) : std::nullopt;
}

std::optional<UnitLine> unit_line(const Snapshot& snapshot, Eigen::Index unit) {
  return unit_line(snapshot, snapshot.state.theta, unit);
}

std::optional<UnitLine> unit_line(const Snapshot& snapshot, const Theta& theta, Eigen::Index unit) {
  const auto& model = static_cast<const Layer&>(snapshot.model());
  return line_of(model.weights(theta).row(unit).transpose(), model.offsets(theta)[unit],
                 unit_anchor(snapshot.data(), unit, model.units()));
}

std::optional<UnitLine> with_ring_at(const UnitLine& taken, const Eigen::Vector2d& anchor,
                                     const Eigen::Vector2d& ring) {
  const double length = taken.normal.norm();
  const Eigen::Vector2d along = taken.normal / length;
  const double off = along.dot(taken.mark - anchor);  // of the line from the anchor
  const Eigen::Vector2d way = ring - anchor;
  if (!(way.norm() > 0)) return std::nullopt;
  const double side = off + length < 0 ? -1 : 1;
  const Eigen::Vector2d direction = side * way / way.norm();
  constexpr double kShortest = 0.02;  // of the length it was taken with
  const double stretched = std::max(side * way.norm() - off, kShortest * length);
  const Eigen::Vector2d w = direction / stretched;
  return line_of(w, -w.dot(anchor + off * direction), anchor);
}

}  // namespace iem
