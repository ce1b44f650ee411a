#include "core/figure/ticks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/base/read_number.h"

namespace iem {
namespace {

constexpr const char* kMinus = "\u2212";

// Decimals that tell multiples of `step` apart.
int decimals_for(double step) {
  constexpr int kMost = 17;
  for (int d = 0; d < kMost; ++d) {
    const double scaled = step * libm::pow(10.0, d);
    if (scaled > 0.5 && std::abs(scaled - std::round(scaled)) < 1e-6 * scaled) return d;
  }
  return kMost;
}

// Fewest significant digits that name every tick exactly.
int significant_digits(const std::vector<Tick>& ticks, double step) {
  const auto rounded = [](double value, int digits) {
    std::array<char, 64> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::general, digits);
    read_number(buffer.data(), end.ptr, value);
    return value;
  };
  int digits = 1;
  const auto off = [&](const Tick& t) { return std::abs(rounded(t.value, digits) - t.value) > 1e-3 * step; };
  while (digits < 17 && std::any_of(ticks.begin(), ticks.end(), off)) ++digits;
  return digits;
}

std::vector<Tick> linear_ticks(double lo, double hi, int max_ticks, bool whole = false) {
  const double span = hi - lo;
  const double base = libm::pow(10.0, std::floor(libm::log10(span / max_ticks)));
  // A single tick does not show a scale; then two ticks with one decimal more are better.
  const auto would_be_alone = [&](double factor) {
    const double coarser = 2 * base * factor;  // the next step
    return std::floor(hi / coarser + 1e-9) - std::ceil(lo / coarser - 1e-9) < 1;
  };
  for (double factor : {1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0}) {
    const double step = base * factor;
    if (!(step > 0) || !std::isfinite(step)) continue;  // beyond what a double holds
    if (whole && (step < 1 || step != std::floor(step))) continue;
    // 25 is as short as 20 and 50, but 2.5 costs every label a decimal (and a count of steps has no halves).
    if ((factor == 2.5 || factor == 25) && decimals_for(step) > 0 && !would_be_alone(factor)) continue;
    // A multiple of the step that misses a bound by rounding only counts as within.
    const double first = std::ceil(lo / step - 1e-9), last = std::floor(hi / step + 1e-9);
    if (last - first + 1 > max_ticks) continue;
    std::vector<Tick> ticks;
    const int count =
        static_cast<int>(last - first);  // far from zero, first + 1 can be first: count, don't add
    for (int i = 0; i <= count; ++i) ticks.push_back({first + i == 0 ? 0 : (first + i) * step, ""});
    const double largest = std::max(std::abs(first), std::abs(last)) * step;
    const int digits = significant_digits(ticks, step);
    const bool exponents = (largest >= 1e6 || (largest > 0 && largest < 1e-4)) &&
                           (digits <= 4 || largest >= 1e15 ||
                            digits + 4 < std::floor(libm::log10(largest)));  // where it is shorter
    // A zero alone shows no scale, and needs no decimals to say so.
    const int decimals = largest > 0 || decimals_for(step) <= 4 ? decimals_for(step) : 0;
    for (Tick& tick : ticks) {
      tick.label = exponents ? format_number(tick.value, digits) : format_fixed(tick.value, decimals);
    }
    return ticks;
  }
  return {};
}

std::vector<Tick> log_ticks(double lo, double hi, int max_ticks) {
  const double a = libm::log10(lo), b = libm::log10(hi);
  std::vector<Tick> ticks;
  const auto add = [&](double value) {
    if (value >= lo * (1 - 1e-9) && value <= hi * (1 + 1e-9))
      ticks.push_back({value, format_number(value, 4)});
  };
  for (const std::vector<double>& digits : {std::vector<double>{1, 2, 5}, std::vector<double>{1}}) {
    if (digits.size() > 1 && b - a >= 2) continue;
    ticks.clear();
    for (double e = std::floor(a); e <= std::ceil(b); ++e) {
      for (double digit : digits) add(digit * libm::pow(10.0, e));
    }
    if (static_cast<int>(ticks.size()) <= max_ticks && ticks.size() >= 2) return ticks;
  }
  // Many decades: every n-th, counted from 10^0 so that neighbouring panels agree. Less than one: as if
  // linear.
  if (b - a < 1) return linear_ticks(lo, hi, max_ticks);
  for (double n = 1; n < 400; ++n) {
    ticks.clear();
    for (double e = std::ceil(a / n - 1e-9) * n; e <= b + 1e-9; e += n) add(libm::pow(10.0, e));
    if (static_cast<int>(ticks.size()) <= max_ticks) return ticks;
  }
  return {};
}

}  // namespace

std::vector<Tick> make_ticks(double lo, double hi, int max_ticks, Scale scale, bool whole) {
  if (!std::isfinite(lo) || !std::isfinite(hi) || lo == hi || max_ticks < 1) return {};
  if (lo > hi) std::swap(lo, hi);
  if (scale == Scale::linear)
    return std::isfinite(hi - lo) ? linear_ticks(lo, hi, max_ticks, whole) : std::vector<Tick>{};
  return lo > 0 ? log_ticks(lo, hi, max_ticks) : std::vector<Tick>{};
}

std::vector<Tick> make_ticks(const Axis& axis) {
  return make_ticks(axis.lo, axis.hi, axis.max_ticks, axis.scale, axis.whole);
}

double tick_offset(const Axis& axis) {
  const double lo = std::min(axis.lo, axis.hi), hi = std::max(axis.lo, axis.hi), span = hi - lo;
  if (axis.scale != Scale::linear || axis.whole || !(span > 0) || !std::isfinite(span)) return 0;
  constexpr double kNarrow = 1e-4;  // of its distance from 0
  if (lo <= 0 && hi >= 0) return 0;
  if (span >= kNarrow * std::min(std::abs(lo), std::abs(hi))) return 0;
  const double unit = libm::pow(10.0, std::ceil(libm::log10(span)));
  const double offset = std::floor(lo / unit) * unit;
  return std::isfinite(offset) && offset <= lo ? offset : lo;
}

std::vector<Tick> offset_ticks(const Axis& axis, int max_ticks) {
  if (axis.top) {
    std::vector<Tick> ticks =
        make_ticks(*axis.top - axis.hi, *axis.top - axis.lo, max_ticks, axis.scale, axis.whole);
    for (Tick& tick : ticks) tick.value = *axis.top - tick.value;
    std::ranges::reverse(ticks);  // rising
    return ticks;
  }
  const double offset = tick_offset(axis);
  std::vector<Tick> ticks =
      make_ticks(axis.lo - offset, axis.hi - offset, max_ticks, axis.scale, axis.whole && offset == 0);
  for (Tick& tick : ticks) tick.value += offset;
  return ticks;
}

std::string offset_words(const Axis& axis) {
  const double offset = tick_offset(axis);
  if (offset == 0) return {};
  constexpr int kDigits = 15;
  return std::string(offset < 0 ? kMinus : "+") + " " + format_number(std::abs(offset), kDigits);
}

}  // namespace iem
