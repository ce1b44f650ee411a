// How the values of tex_evaluator.h add, multiply and divide.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

namespace iem::testing {

using TexMatrix = Eigen::MatrixXd;

inline TexMatrix number(double value) { return TexMatrix::Constant(1, 1, value); }
inline bool is_number(const TexMatrix& v) { return v.size() == 1; }
inline TexMatrix each(const TexMatrix& v, double (*f)(double)) { return v.unaryExpr(f); }

// Matrices as such, columns of one length entry by entry.
inline TexMatrix product(const TexMatrix& a, const TexMatrix& b) {
  if (is_number(a)) return a(0, 0) * b;
  if (is_number(b)) return a * b(0, 0);
  if (a.cols() == 1 && b.cols() == 1 && a.rows() == b.rows()) return a.cwiseProduct(b);
  if (a.cols() != b.rows()) throw std::runtime_error("factors that do not fit");
  return a * b;
}

inline TexMatrix sum(const TexMatrix& a, const TexMatrix& b) {
  if (a.rows() == b.rows() && a.cols() == b.cols()) return a + b;
  if (is_number(a)) return b.array() + a(0, 0);
  if (is_number(b)) return a.array() + b(0, 0);
  throw std::runtime_error("terms that do not fit");
}

inline TexMatrix divide(const TexMatrix& a, const TexMatrix& b) {
  if (is_number(b)) return a / b(0, 0);
  if (is_number(a)) return (a(0, 0) / b.array()).matrix();
  return a.cwiseQuotient(b);
}

inline double determinant(const TexMatrix& v) { return v(0, 0) * v(1, 1) - v(0, 1) * v(1, 0); }

// x with half of the weight on either side; the middle of all such places.
inline double weighted_middle(std::vector<std::pair<double, double>> weighted) {
  std::ranges::sort(weighted);
  double all = 0, below = 0;
  for (const auto& [x, weight] : weighted) all += weight;
  std::erase_if(weighted, [](const auto& entry) { return entry.second == 0; });
  for (std::size_t i = 0; i + 1 < weighted.size(); ++i) {
    below += weighted[i].second;
    if (std::abs(below - 0.5 * all) < 1e-12 * all) return 0.5 * (weighted[i].first + weighted[i + 1].first);
    if (below > 0.5 * all) return weighted[i].first;
  }
  return weighted.back().first;
}

}  // namespace iem::testing
