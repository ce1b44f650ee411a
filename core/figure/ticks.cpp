#include "core/figure/ticks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/base/power_of_ten.h"
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

// Multiples of `step` from `first` to `last` of them, every `stride`-th.
std::vector<Tick> multiples(double step, double first, double last, int stride = 1) {
  std::vector<Tick> ticks;
  const int count =
      static_cast<int>(last - first);  // far from zero, first + 1 can be first: count, don't add
  for (int i = 0; i <= count; i += stride) ticks.push_back({first + i == 0 ? 0 : (first + i) * step, ""});
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

std::vector<Tick> linear_ticks(double lo, double hi, int max_ticks, bool whole = false) {
  const double span = hi - lo;
  const double base = libm::pow(10.0, std::floor(libm::log10(span / max_ticks)));
  // A multiple of the step that misses a bound by rounding only counts as within.
  const auto first_of = [&](double step) { return std::ceil(lo / step - 1e-9); };
  const auto last_of = [&](double step) { return std::floor(hi / step + 1e-9); };
  // A single tick does not show a scale; then two ticks with one decimal more are better.
  const auto would_be_alone = [&](double factor) {
    const double coarser = 2 * base * factor;  // the next step
    return last_of(coarser) - first_of(coarser) < 1;
  };
  double finer = 0;  // the last step with too many ticks, of those with short labels
  for (double factor : {1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0}) {
    const double step = base * factor;
    if (!(step > 0) || !std::isfinite(step)) continue;  // beyond what a double holds
    if (whole && (step < 1 || step != std::floor(step))) continue;
    // 25 is as short as 20 and 50, but 2.5 costs every label a decimal (and a count of steps has no halves).
    if ((factor == 2.5 || factor == 25) && decimals_for(step) > 0 && !would_be_alone(factor)) continue;
    const double first = first_of(step), last = last_of(step);
    if (last - first + 1 > max_ticks) {
      if (factor != 2.5 && factor != 25) finer = step;
      continue;
    }
    if (last > first || max_ticks < 2 || finer == 0) return multiples(step, first, last);
    // The ends of the finer ones.
    const double from = first_of(finer), to = last_of(finer);
    return multiples(finer, from, to, std::max(1, static_cast<int>(to - from)));
  }
  return {};
}

// Powers are read as powers or in full, but not both on one axis.
std::vector<Tick> with_powers(std::vector<Tick> ticks) {
  const auto is_power = [](const Tick& tick) { return tick.label.find("10^") != std::string::npos; };
  if (std::ranges::none_of(ticks, is_power)) return ticks;
  for (Tick& tick : ticks) {
    const double power = std::floor(libm::log10(tick.value) + 1e-9);
    tick.label = with_power(format_number(tick.value / libm::pow(10.0, power), 1), static_cast<int>(power));
  }
  return ticks;
}

std::vector<Tick> log_ticks(double lo, double hi, int max_ticks) {
  const double a = libm::log10(lo), b = libm::log10(hi);
  std::vector<Tick> ticks, finer;  // and the last ones that were too many
  const auto add = [&](double value) {
    if (value >= lo * (1 - 1e-9) && value <= hi * (1 + 1e-9))
      ticks.push_back({value, format_number(value, 4)});
  };
  const auto are_too_many = [&] {
    if (static_cast<int>(ticks.size()) <= max_ticks) return false;
    finer = std::exchange(ticks, {});
    return true;
  };
  for (const std::vector<double>& digits : {std::vector<double>{1, 2, 5}, std::vector<double>{1}}) {
    if (digits.size() > 1 && b - a >= 2) continue;
    ticks.clear();
    for (double e = std::floor(a); e <= std::ceil(b); ++e) {
      for (double digit : digits) add(digit * libm::pow(10.0, e));
    }
    if (!are_too_many() && ticks.size() >= 2) return with_powers(ticks);
  }
  // Many decades: every n-th, counted from 10^0 so that neighbouring panels agree, by an n that people count
  // in. Less than one: as if linear.
  if (b - a < 1) return linear_ticks(lo, hi, max_ticks);
  for (const double n : {1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 200.0, 500.0}) {
    ticks.clear();
    for (double e = std::ceil(a / n - 1e-9) * n; e <= b + 1e-9; e += n) add(libm::pow(10.0, e));
    if (are_too_many()) continue;
    if (ticks.size() == 1 && max_ticks > 1 && finer.size() > 1) ticks = {finer.front(), finer.back()};
    return with_powers(ticks);
  }
  return {};
}

std::pair<double, double> ends_of_numbers(const Axis& axis) {
  if (!axis.share) return {axis.lo, axis.hi};
  return {std::clamp(axis.lo, 0.0, 1.0), std::clamp(axis.hi, 0.0, 1.0)};
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
  const auto [lo, hi] = ends_of_numbers(axis);
  return make_ticks(lo, hi, axis.max_ticks, axis.scale, axis.whole);
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
  const auto [lo, hi] = ends_of_numbers(axis);
  std::vector<Tick> ticks =
      make_ticks(lo - offset, hi - offset, max_ticks, axis.scale, axis.whole && offset == 0);
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
