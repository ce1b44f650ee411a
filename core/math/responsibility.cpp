#include "core/math/responsibility.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/check.h"
#include "core/base/libm_complex.h"
#include "core/math/log_sum_exp.h"

namespace iem {
namespace {

using Complex = std::complex<double>;

double real(double x) { return x; }
double real(Complex x) { return x.real(); }
double real(Dual x) { return x.v; }
double root(double x) { return std::sqrt(x); }
Complex root(Complex x) { return libm::sqrt(x); }
Dual root(Dual x) { return simd::sqrt(x); }

// The entries of the support and the threshold theta that makes p sum to 1.
template <class T>
struct Support {
  std::size_t size = 1;
  T theta{};
};

// Sparsemax, p = [z - theta]_+: the largest k with 1 + k z_(k) > sum of the k largest.
template <class T>
Support<T> sparsemax_support(const std::vector<T>& sorted) {
  Support<T> support;
  T sum{}, kept{};
  for (std::size_t k = 1; k <= sorted.size(); ++k) {
    sum = sum + sorted[k - 1];
    if (1 + static_cast<double>(k) * real(sorted[k - 1]) <= real(sum)) break;
    support.size = k;
    kept = sum;
  }
  support.theta = (kept - 1.0) / static_cast<double>(support.size);
  return support;
}

// Entmax-1.5, p = [z/2 - theta]_+^2, where `sorted` holds z/2: theta = M - sqrt((1 - S)/k) with M the mean of
// the k largest and S the sum of their squared deviations, for the largest k with theta <= z_(k)/2.
template <class T>
Support<T> entmax_support(const std::vector<T>& sorted) {
  Support<T> support;
  support.theta = sorted[0] - 1.0;
  T sum{};
  for (std::size_t k = 1; k <= sorted.size(); ++k) {
    sum = sum + sorted[k - 1];
    const T mean = sum / static_cast<double>(k);
    T spread{};
    for (std::size_t i = 0; i < k; ++i) spread = spread + (sorted[i] - mean) * (sorted[i] - mean);
    const T rest = (1.0 - spread) / static_cast<double>(k);
    if (real(rest) < 0) break;
    const T theta = mean - root(rest);
    if (real(theta) > real(sorted[k - 1])) break;
    support = {k, theta};
  }
  return support;
}

// Of one row, kept for the next: a field asks for one at every pixel.
template <class T>
struct Row {
  std::vector<T> z, sorted, p;
};
template <class T>
Row<T>& row_of_this_thread() {
  thread_local Row<T> row;
  return row;
}

// p . z - Omega(p), and p itself, at z = (min d - d)/tau.
template <class T>
T sparse_maximum(Responsibility rule, Row<T>& row) {
  const bool entmax = rule == Responsibility::entmax15;
  const std::vector<T>& z = row.z;
  std::vector<T>&sorted = row.sorted, &p = row.p;
  sorted = z;
  if (entmax)
    for (T& value : sorted) value = value * 0.5;
  std::sort(sorted.begin(), sorted.end(), [](const T& a, const T& b) { return real(a) > real(b); });
  const Support<T> support = entmax ? entmax_support(sorted) : sparsemax_support(sorted);
  const double last = real(sorted[support.size - 1]);
  T value{};
  p.assign(z.size(), T{});
  for (std::size_t j = 0; j < z.size(); ++j) {
    const T at = entmax ? z[j] * 0.5 : z[j];
    if (real(at) < last) continue;
    const T s = at - support.theta;
    p[j] = entmax ? s * s : s;
    value = value + p[j] * z[j];
    value = value - (entmax ? s * s * s * (4.0 / 3.0) : s * s * 0.5);
  }
  return value + (entmax ? 4.0 / 3.0 : 0.5);
}

template <class T>
T sparse_partition(Responsibility rule, std::span<const T> d, double tau, Row<T>& row) {
  IEM_CHECK(!d.empty() && tau > 0);
  double least = real(d[0]);
  for (const T& value : d) least = std::min(least, real(value));
  std::vector<T>& z = row.z;
  z.clear();
  for (const T& value : d) {
    z.push_back((least - value) / tau);
    if (!(real(z.back()) > -1e3)) z.back() = T{} - 1e3;  // far outside any support; keeps sums finite
  }
  return sparse_maximum(rule, row) * tau - least;
}

}  // namespace

const std::vector<std::string>& responsibility_names() {
  static const std::vector<std::string> names = {"softmax", "sparsemax", "entmax15"};
  return names;
}

double log_partition(Responsibility rule, std::span<const double> d, double tau, std::span<double> r) {
  if (rule == Responsibility::softmax) return log_sum_exp(d, tau, r);
  Row<double>& row = row_of_this_thread<double>();
  const double value = sparse_partition(rule, d, tau, row);
  const std::vector<double>& p = row.p;
  const double total = std::accumulate(p.begin(), p.end(), 0.0);
  for (std::size_t j = 0; j < p.size(); ++j) r[j] = p[j] / total;
  return value;
}

Complex log_partition(Responsibility rule, std::span<const Complex> d, double tau) {
  if (rule == Responsibility::softmax) return log_sum_exp(d, tau);
  return sparse_partition(rule, d, tau, row_of_this_thread<Complex>());
}

Dual log_partition(Responsibility rule, std::span<const Dual> d, double tau) {
  if (rule != Responsibility::softmax) return sparse_partition(rule, d, tau, row_of_this_thread<Dual>());
  double least = d[0].v;
  for (const Dual& value : d) least = std::min(least, value.v);
  Dual z;
  for (const Dual& value : d) z = z + simd::exp((least - value) / tau);
  return tau * simd::log(z) - least;
}

void log_partition_derivatives(Responsibility rule, std::span<const double> d, double tau,
                               std::span<double> out) {
  if (rule == Responsibility::softmax) return log_sum_exp_derivatives(d, tau, out);
  const double h = libm::kComplexStep * tau;
  std::vector<Complex> stepped(d.begin(), d.end());
  for (std::size_t j = 0; j < d.size(); ++j) {
    stepped[j].imag(h);
    out[j] = log_partition(rule, std::span<const Complex>(stepped), tau).imag() / h;
    stepped[j].imag(0);
  }
}

}  // namespace iem
