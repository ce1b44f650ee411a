// Which round numbers an axis shows: as many as have room.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "app/paint/figure_painter.h"
#include "core/base/number.h"
#include "core/base/power_of_ten.h"

namespace iem::paint {
namespace {

// Whether the numbers of neighbouring ticks do not overlap, side by side.
bool are_apart(const std::vector<Tick>& ticks, const Axis& axis, double length_px, double type_scale) {
  constexpr double kDigit = 6.8, kBetween = 7;  // pixels
  const PxRect line{0, 0, length_px, 1};
  const Transform to_px(axis, {}, line);
  const auto half = [&](const Tick& tick) {
    double letters = 0;
    for (const TextRun& run : text_runs(tick.label)) {
      const auto count = std::ranges::count_if(run.text, [](char c) { return (c & 0xC0) != 0x80; });
      const auto points = std::ranges::count(run.text, '.');  // half as wide as a digit
      letters +=
          (run.raised ? kRaisedSize : 1) * (static_cast<double>(count) - 0.5 * static_cast<double>(points));
    }
    return 0.5 * kDigit * type_scale * letters;
  };
  for (std::size_t i = 1; i < ticks.size(); ++i) {
    const double apart = to_px.px_x(ticks[i].value) - to_px.px_x(ticks[i - 1].value);
    if (std::abs(apart) < half(ticks[i]) + half(ticks[i - 1]) + kBetween) return false;
  }
  return true;
}

// Round numbers of which the last is the end of the axis, if there are such; otherwise round ones and the
// end, in place of one too near to it.
std::vector<Tick> ticks_to_the_end(const Axis& axis, int room, double length_px, double type_scale) {
  const bool whole = axis.scale == Scale::linear && axis.hi == std::floor(axis.hi) && axis.lo < axis.hi;
  for (int most = room + 1; whole && most >= 2; --most) {
    std::vector<Tick> ticks = make_ticks(axis.lo, axis.hi, most, axis.scale, axis.whole);
    const bool ends = !ticks.empty() && ticks.back().value == axis.hi;
    if (ends && ticks.size() > 2 && are_apart(ticks, axis, length_px, type_scale)) return ticks;
  }
  for (;; --room) {
    std::vector<Tick> ticks = make_ticks(axis.lo, axis.hi, room, axis.scale, axis.whole);
    if (whole && ticks.size() > 1) {
      const double step = ticks[1].value - ticks[0].value;
      if (axis.hi - ticks.back().value < 0.6 * step) ticks.pop_back();
      ticks.push_back({axis.hi, format_fixed(axis.hi, 0)});
    }
    if (room <= 1 || are_apart(ticks, axis, length_px, type_scale)) return ticks;
  }
}

// Whether they do not touch, one above another.
bool are_rows_apart(const std::vector<Tick>& ticks, const Axis& axis, double length_px, double type_scale) {
  constexpr double kRow = 13;  // pixels
  const Transform to_px(axis, {}, {0, 0, length_px, 1});
  for (std::size_t i = 1; i < ticks.size(); ++i)
    if (std::abs(to_px.px_x(ticks[i].value) - to_px.px_x(ticks[i - 1].value)) < kRow * type_scale)
      return false;
  return true;
}

// In place of two numbers that touch the first and last of more; the two where there are no such.
std::vector<Tick> wider_pair(std::vector<Tick> near, const Axis& axis, double length_px, double type_scale) {
  constexpr int kMost = 9;
  for (int most = 3; most <= kMost; ++most) {
    const std::vector<Tick> more = offset_ticks(axis, most);
    if (more.size() < 3) continue;
    std::vector<Tick> ends = {more.front(), more.back()};
    if (are_rows_apart(ends, axis, length_px, type_scale)) return ends;
  }
  return near;
}

// Both axes show one quantity, which is read against itself.
bool is_diagonal(const Panel& panel, const Transform& to_px) {
  const Axis &x = to_px.x(), &y = to_px.y();
  const double most = 0.1 * std::abs(x.hi - x.lo);  // by which a plot that is not quite square shows more
  return panel.equal_aspect && panel.x.lo == panel.y.lo && panel.x.hi == panel.y.hi &&
         std::abs(x.lo - y.lo) <= most && std::abs(x.hi - y.hi) <= most;
}

}  // namespace

std::vector<Tick> fitting_ticks(const Axis& axis, double length_px, bool horizontal, double type_scale) {
  const double needs = (horizontal ? 44 : 20) * type_scale;
  int room = std::clamp(static_cast<int>(length_px / needs) + 1, 1, std::max(1, axis.max_ticks));
  if (axis.end_tick) return ticks_to_the_end(axis, room, length_px, type_scale);
  for (;; --room) {
    std::vector<Tick> ticks = offset_ticks(axis, room);
    if (!horizontal) {
      if (room == 1 || are_rows_apart(ticks, axis, length_px, type_scale)) return ticks;
      if (ticks.size() == 2) return wider_pair(std::move(ticks), axis, length_px, type_scale);
      continue;
    }
    if (room == 1 || are_apart(ticks, axis, length_px, type_scale)) return ticks;
    // Two numbers show a scale, so the middle one of three can be dropped.
    if (ticks.size() != 3) continue;
    ticks.erase(ticks.begin() + 1);
    if (are_apart(ticks, axis, length_px, type_scale)) return ticks;
  }
}

std::vector<Tick> y_ticks(const Panel& panel, const Transform& to_px, double type_scale) {
  std::vector<Tick> own = fitting_ticks(to_px.y(), to_px.rect().height(), false, type_scale);
  if (!panel.x.ticks || !is_diagonal(panel, to_px)) return own;
  std::vector<Tick> across = fitting_ticks(to_px.x(), to_px.rect().width(), true, type_scale);
  return across.size() >= 2 && across.size() < own.size() ? across : own;
}

}  // namespace iem::paint
