#include "core/labs/activation/model/curves.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/libm.h"
#include "core/base/number.h"

namespace iem {

double part_of(const Hypotheses& h, const Posterior& at, Statistic statistic, std::size_t j) {
  switch (statistic) {
    case Statistic::mean: return at.r[j] * h.g[j];
    case Statistic::gated_mean: return at.r[j] * h.g[j] * at.z;
    case Statistic::mode: return static_cast<int>(j) == at.best ? h.g[j] : 0;
    case Statistic::variance: return at.r[j] * at.off[j] * at.off[j];
    case Statistic::entropy: return at.r[j] > 0 ? at.r[j] * at.surprise[j] : 0;
    case Statistic::log_partition: break;
  }
  return 0;
}

ActivationCurves activation_curves(const Snapshot& snapshot, const Config& view) {
  ActivationCurves c;
  c.hypotheses = line_of(snapshot).hypotheses(snapshot.state.theta, snapshot.temperature);
  c.statistic = statistic_of(snapshot.config());
  c.z = sampled_z(view);
  const Hypotheses& h = c.hypotheses;
  const auto k = static_cast<std::size_t>(h.count);
  const std::size_t n = c.z.size();
  c.density.assign(k, std::vector<double>(n));
  c.energy = c.r = c.part = c.density;
  for (std::vector<double>* curve : {&c.total, &c.negative, &c.value, &c.slope, &c.variance, &c.rate})
    curve->assign(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    const Posterior at = posterior(h, c.z[i]);
    for (std::size_t j = 0; j < k; ++j) {
      c.total[i] += c.density[j][i] = libm::exp(-at.energy[j]);
      c.energy[j][i] = at.energy[j];
      c.r[j][i] = at.r[j];
      c.part[j][i] = part_of(h, at, c.statistic, j);
    }
    c.negative[i] = -at.log_partition;
    c.value[i] = value_of(h, at, c.statistic);
    c.slope[i] = derivative_of(h, at, c.statistic);
    c.variance[i] = at.variance;
    // With two hypotheses the variance cancels; with more it may underflow.
    c.rate[i] = k == 2                 ? (at.steeper[0] - at.steeper[1]) / (h.g[1] - h.g[0]) / h.tau
                : at.variance > 1e-200 ? at.pull / at.variance / h.tau
                                       : std::numeric_limits<double>::quiet_NaN();
  }
  return c;
}

namespace {

// Where a function with one peak between two places is largest, by golden section.
template <class Function>
double peak_between(double from, double to, const Function& f) {
  constexpr double kGolden = 0.61803398874989485;
  for (int i = 0; i < 60; ++i) {
    const double a = to - kGolden * (to - from), b = from + kGolden * (to - from);
    if (f(a) < f(b))
      from = a;
    else
      to = b;
  }
  return 0.5 * (from + to);
}

constexpr double kRounding = 1e-9;  // a smaller gain between samples counts as rounding

// Looks for the steepest place between the neighbours of the steepest sample; keeps the sample where no place
// is steeper.
void refine_steepest(const ActivationCurves& c, double from, double to, ActivationNumbers& out) {
  const auto slope = [&](double z) {
    return derivative_of(c.hypotheses, posterior(c.hypotheses, z), c.statistic);
  };
  const double z = peak_between(from, to, [&](double at) { return std::abs(slope(at)); });
  if (std::abs(slope(z)) > std::abs(out.steepest) * (1 + kRounding))
    out.steepest_z = z, out.steepest = slope(z);
}

}  // namespace

ActivationNumbers activation_numbers(const ActivationCurves& c) {
  ActivationNumbers out;
  out.left = c.value.front();
  out.right = c.value.back();
  const auto far = [&](double z) {
    const Posterior at = posterior(c.hypotheses, z);
    const double value = value_of(c.hypotheses, at, c.statistic);
    const bool line = c.statistic == Statistic::gated_mean || c.statistic == Statistic::log_partition;
    return line ? derivative_of(c.hypotheses, at, c.statistic) : value;
  };
  const double reach = 1e6 * (c.z.back() - c.z.front());
  // A value that shrinks to less than 0.75 of itself at twice the distance is taken to tend to 0.
  const auto limit = [&](double z) { return std::abs(far(2 * z)) < 0.75 * std::abs(far(z)) ? 0 : far(z); };
  out.limit_left = limit(-reach);
  out.limit_right = limit(reach);
  out.slope_at_0 = derivative_of(c.hypotheses, posterior(c.hypotheses, 0), c.statistic);
  const auto peak = static_cast<std::size_t>(std::ranges::max_element(c.value) - c.value.begin());
  out.peak_z = c.z[peak];
  out.peak = c.value[peak];
  const auto steep = static_cast<std::size_t>(
      std::ranges::max_element(c.slope, {}, [](double s) { return std::abs(s); }) - c.slope.begin());
  out.steepest_z = c.z[steep];
  out.steepest = c.slope[steep];
  out.steepest_inside = steep > 0 && steep + 1 < c.z.size();
  if (out.steepest_inside) refine_steepest(c, c.z[steep - 1], c.z[steep + 1], out);
  return out;
}

LargestDifference largest_difference(const ActivationCurves& c, const std::vector<double>& other) {
  LargestDifference out{0, c.z.front()};
  for (std::size_t i = 0; i < c.z.size(); ++i) {
    const double gap = std::abs(c.value[i] - other[i]);
    if (gap > out.value) out = {gap, c.z[i]};
  }
  return out;
}

LargestDifference largest_difference(const ActivationCurves& c, const NamedFunction& function) {
  std::vector<double> other;
  for (double z : c.z) other.push_back(function.value(z));
  const LargestDifference sampled = largest_difference(c, other);
  const auto gap = [&](double z) {
    return std::abs(value_of(c.hypotheses, posterior(c.hypotheses, z), c.statistic) - function.value(z));
  };
  // Between the neighbours there may be a kink with a peak on either side of it, so this interval is sampled
  // finely first.
  const double width = (c.z.back() - c.z.front()) / static_cast<double>(c.z.size() - 1);
  const double first = std::max(c.z.front(), sampled.z - width),
               last = std::min(c.z.back(), sampled.z + width);
  constexpr int kLooks = 200;
  const double step = (last - first) / kLooks;
  double best = first;
  for (int i = 1; i <= kLooks; ++i)
    if (const double z = first + i * step; gap(z) > gap(best)) best = z;
  best = peak_between(std::max(first, best - step), std::min(last, best + step), gap);
  if (!(gap(best) > sampled.value * (1 + kRounding) + 1e-15)) return sampled;
  return {gap(best), best};
}

std::string words_and_curve(const ActivationCurves& c) {
  const Hypotheses& h = c.hypotheses;
  if (h.kind != HypothesisKind::sign || c.statistic != Statistic::mean) return {};
  const double m = std::abs(h.mu[1]);
  if (h.kernel->id == "laplace") {
    const double low = posterior(h, -m).mean, high = posterior(h, m).mean;
    const bool even = std::abs(low + high) < 1e-12;
    return "A tanh up to |z| = m and constant beyond: it saturates at " +
           (even ? "" : shown_number(low) + " and ") + shown_number(high) +
           ", where soft-sign goes on rising towards 1.";
  }
  if (h.kernel->id == "student_t") {
    // The place where the evidence is largest, which depends neither on prior nor on exponent and
    // temperature.
    const double peak = std::sqrt(h.shape[0] * h.scale * h.scale + m * m);
    // Far out the energies differ by the priors only.
    const double end = libm::tanh((h.log_prior[1] - h.log_prior[0]) / (2 * h.tau));
    const std::string where =
        "It does not saturate: the evidence is strongest at |z| = " + shown_number(peak) +
        " and then falls again; the curve returns to ";
    return where + (h.log_prior[0] == h.log_prior[1] ? "0, like 1/z."
                                                     : shown_number(end) + ", what the priors say alone.");
  }
  return {};
}

std::string hypothesis_mark(const Hypotheses& h, std::size_t j) {
  if (h.kind == HypothesisKind::sign) return j == 0 ? "-" : "+";
  return std::to_string(h.kind == HypothesisKind::gate ? j : j + 1);
}

}  // namespace iem
