// Which components have anything to say to a block of points. Included by pass_isa.cpp only, once for each
// instruction set.
//
// Over the box around a block, with centre c and half sides h, |u| = |W (x - mu)| differs from |W (c - mu)|
// by at most R = |(|W_00| h_0, |W_10| h_0 + |W_11| h_1)|. A radial energy does not fall with |u|, so that d_j
// lies between its values at |W (c - mu)| -+ R. Where the lower bound of d_j is above some other component's
// upper bound by tau log 2^68, r_j < 2^-68 at all points of the block, and the component is left out.
#pragma once

#include "core/kernel/block.h"

namespace iem::kernel {
inline namespace IEM_LANES {

template <class E>
inline constexpr bool kCanSkip = E::radial && !kOnCircle<E>;

// In the workspace, behind the block.
struct Chosen {
  Pack* parts;  // mu0, mu1, w00, w10, w11 and offset of all components, a lane for each
  Pack* low;    // bounds of d over the box, likewise
  Pack* high;
  Component* components;  // those that are not left out
  int* numbers;           // and which they are
  int groups;             // packs of components
};

IEM_INLINE Chosen make_chosen(const PassInput& in) {
  const int groups = (in.k + simd::kWidth - 1) / simd::kWidth;
  Pack* parts = reinterpret_cast<Pack*>(in.workspace + kBlock * (2 * std::int64_t{in.k} + 6));
  Component* components = reinterpret_cast<Component*>(parts + 8 * groups);
  Chosen out{
      parts, parts + 6 * groups, parts + 7 * groups, components, reinterpret_cast<int*>(components + in.k),
      groups};
  double* lanes = reinterpret_cast<double*>(parts);
  const int row = groups * simd::kWidth;
  for (int j = 0; j < row; ++j) {
    const Component& c = in.components[j < in.k ? j : in.k - 1];
    const double values[] = {c.mu0, c.mu1, c.w00, c.w10, c.w11, c.offset};
    for (int part = 0; part < 6; ++part) lanes[part * row + j] = values[part];
  }
  return out;
}

IEM_INLINE double least(Pack v) {
  const double* lanes = reinterpret_cast<const double*>(&v);
  double out = lanes[0];
  for (int i = 1; i < simd::kWidth; ++i) out = lanes[i] < out ? lanes[i] : out;
  return out;
}

// The centre of some numbers and how far they lie from it at most, rounding included.
struct Side {
  double centre, half;
};

IEM_INLINE Side side(const Pack* v, int packs) {
  Pack lowest = v[0], highest = -v[0];
  for (int p = 1; p < packs; ++p) {
    lowest = simd::min(lowest, v[p]);
    highest = simd::min(highest, -v[p]);
  }
  const double a = least(lowest), b = -least(highest);
  return {0.5 * (a + b), 0.5 * (b - a) + 0x1p-50 * (simd::abs(a) + simd::abs(b))};
}

template <class E>
IEM_INLINE void bound(const Block& block, const PassInput& in, const Chosen& chosen) {
  const Side x = side(block.x, block.packs), y = side(block.y, block.packs);
  const Pack zero = splat(0.0);
  for (int g = 0; g < chosen.groups; ++g) {
    const Pack* part = chosen.parts + g;
    const Pack mu0 = part[0], mu1 = part[chosen.groups], w00 = part[2 * chosen.groups];
    const Pack w10 = part[3 * chosen.groups], w11 = part[4 * chosen.groups], offset = part[5 * chosen.groups];
    const Pack dx = x.centre - mu0, dy = y.centre - mu1;
    const Pack u0 = dx * w00, u1 = dx * w10 + dy * w11;
    const Pack reach0 = simd::abs(w00) * x.half, reach1 = simd::abs(w10) * x.half + simd::abs(w11) * y.half;
    const Pack way = simd::sqrt(u0 * u0 + u1 * u1), reach = simd::sqrt(reach0 * reach0 + reach1 * reach1);
    const Pack near = way - reach;
    chosen.low[g] = E::kernel(simd::select(near > 0.0, near, zero), zero, in.shape) + offset;
    chosen.high[g] = E::kernel(way + reach, zero, in.shape) + offset;
  }
}

// Makes `here` the pass over those components of `in` that are not left out. A component whose energy might
// overflow in the block stays, so that the caller notices. After a block that leaves out little, the next few
// are not examined (`rest` counts them down): where all overlap, bounds would cost more than they save.
template <class E>
IEM_INLINE void choose(const Block& block, const PassInput& in, const Chosen& chosen, PassInput& here,
                       int& rest) {
  here.components = in.components;
  here.k = in.k;
  if (rest > 0) {
    --rest;
    return;
  }
  constexpr double kSilent = 68 * 0.6931471805599453, kRounding = 0x1p-40;
  bound<E>(block, in, chosen);
  const double* low = reinterpret_cast<const double*>(chosen.low);
  const double* high = reinterpret_cast<const double*>(chosen.high);
  double best = high[0];
  for (int j = 1; j < in.k; ++j) best = high[j] < best ? high[j] : best;
  int kept = 0;
  for (int j = 0; j < in.k; ++j) {
    const double beyond = low[j] - best - kRounding * (simd::abs(low[j]) + simd::abs(best));
    const bool silent = beyond > kSilent * in.tau && high[j] - high[j] == 0 && !(in.always && in.always[j]);
    chosen.components[kept] = in.components[j];
    chosen.numbers[kept] = j;
    kept += silent ? 0 : 1;
  }
  if (kept * 16 > in.k * 15) rest = 3;
  if (kept == in.k) return;
  here.components = chosen.components;
  here.k = kept;
}

}  // namespace IEM_LANES
}  // namespace iem::kernel
