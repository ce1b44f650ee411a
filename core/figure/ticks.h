// Ticks at round numbers and the shortest labels that tell them apart. Independent of the locale.
#pragma once

#include <string>
#include <vector>

#include "core/figure/figure.h"

namespace iem {

struct Tick {
  double value = 0;
  std::string label;  // UTF-8, minus is U+2212
};

// At most `max_ticks` (>= 1) round numbers between lo and hi, rising (an axis may run either way). Linear:
// steps of 1, 2 or 5 times a power of ten, or 25, 250 ..., the finest that fits; whole numbers if `whole`.
// Log: powers of ten, or 1-2-5 when the range is under two decades. Where only one would fit but `max_ticks`
// allows two, the first and last of the next finer ones. Empty when lo == hi or a bound is not finite (log:
// not positive).
std::vector<Tick> make_ticks(double lo, double hi, int max_ticks, Scale scale, bool whole = false);
std::vector<Tick> make_ticks(const Axis& axis);

// The offset of an axis: a round number below it from which its ticks are counted, for an axis so far from 0
// that the tick labels would differ only in their sixth digit or later; otherwise 0. Linear axes only.
double tick_offset(const Axis& axis);
// Ticks whose labels say how far they are from the offset; their values are those of the axis.
std::vector<Tick> offset_ticks(const Axis& axis, int max_ticks);
// The offset as it is written behind the axis' name, "+ 2.224"; empty without an offset.
std::string offset_words(const Axis& axis);

}  // namespace iem
