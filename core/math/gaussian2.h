// Symmetric positive definite 2 x 2 matrices and their factors.
//
// W is lower triangular with positive diagonal and Sigma^-1 = W^T W (math.md section 1), so Sigma = C C^T
// with the Cholesky factor C = W^-1.
#pragma once

#include <cmath>
#include <optional>

#include "core/base/libm.h"

namespace iem {

struct Sym2 {
  double xx = 1, xy = 0, yy = 1;
};

struct Lower2 {
  double l00 = 1, l10 = 0, l11 = 1;
};

inline Lower2 inverse(const Lower2& l) { return {1 / l.l00, -l.l10 / (l.l00 * l.l11), 1 / l.l11}; }

// C C^T.
inline Sym2 outer(const Lower2& c) { return {c.l00 * c.l00, c.l00 * c.l10, c.l10 * c.l10 + c.l11 * c.l11}; }

// The Cholesky factor, or nothing when the matrix is not positive definite to working precision.
inline std::optional<Lower2> cholesky(const Sym2& s) {
  if (!(s.xx > 0) || !std::isfinite(s.xx)) return std::nullopt;
  const double l00 = std::sqrt(s.xx), l10 = s.xy / l00;
  const double rest = s.yy - l10 * l10;
  if (!(rest > 0) || !std::isfinite(rest)) return std::nullopt;
  return Lower2{l00, l10, std::sqrt(rest)};
}

// The matrix [[xx, xy], [yx, yy]] with the mean of its two off-diagonal entries, or nothing where these
// differ by more than rounding in the file explains: 1e-8 of the entries, or 1e-12 of the largest value they
// may have.
inline std::optional<Sym2> symmetrised(double xx, double xy, double yx, double yy) {
  if (xy == yx) return Sym2{xx, xy, yy};
  const double entries = std::fmax(std::fabs(xy), std::fabs(yx));
  const double most = std::sqrt(std::fabs(xx)) * std::sqrt(std::fabs(yy));
  if (!(std::fabs(xy - yx) <= std::fmax(1e-8 * entries, 1e-12 * most))) return std::nullopt;
  return Sym2{xx, xy / 2 + yx / 2, yy};
}

// Eigenvalues (largest first) and the unit eigenvector of the largest.
struct Eigen2 {
  double large = 1, small = 1, vx = 1, vy = 0;
};
inline Eigen2 eigen(const Sym2& s) {
  const double mean = 0.5 * s.xx + 0.5 * s.yy, half = 0.5 * s.xx - 0.5 * s.yy,
               radius = libm::hypot(half, s.xy);
  const double angle = 0.5 * libm::atan2(s.xy, half);
  const double large = mean + radius;
  // det / large: the difference mean - radius cancels when the matrix is nearly singular.
  double small = large > 0 ? (s.xx * s.yy - s.xy * s.xy) / large : mean - radius;
  if (large > 1e150 || (large > 0 && large < 1e-150))  // the products would leave the range
    small = (s.xx / large * (s.yy / large) - s.xy / large * (s.xy / large)) * large;
  return {large, small, libm::cos(angle), libm::sin(angle)};
}

// The same matrix with both eigenvalues at least `floor`.
inline Sym2 with_eigenvalues_at_least(const Sym2& s, double floor) {
  const Eigen2 e = eigen(s);
  if (e.small >= floor) return s;
  const double a = std::fmax(e.large, floor), b = floor;
  return {b + (a - b) * e.vx * e.vx, (a - b) * e.vx * e.vy, b + (a - b) * e.vy * e.vy};
}

}  // namespace iem
