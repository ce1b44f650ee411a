// A block of points in the workspace of the hot pass: as many as stay in cache together. Included by
// pass_isa.cpp only, once for each instruction set.
#pragma once

#include "core/kernel/pass.h"
#include "core/math/circle.h"
#include "core/math/simd.h"

namespace iem::kernel {
inline namespace IEM_LANES {

using simd::Mask;
using simd::Pack;
using simd::splat;

inline constexpr int kPacks = kBlock / simd::kWidth;

// Coordinates, per-point accumulators, then energies and weights by component. After weigh.h has run, weight
// * z is the weight of component j at the point: its responsibility.
struct Block {
  Pack* x;
  Pack* y;
  Pack* valid;    // 1 for a point, 0 for padding
  Pack* minimum;  // min_j d_j
  Pack* z;        // scale of the weights; 0 for padding
  Pack* heat;     // scratch
  Pack* energy;   // k rows of kBlock
  Pack* weight;   // k rows of kBlock
  int packs;
};

IEM_INLINE Block make_block(double* workspace, int k) {
  Pack* p = reinterpret_cast<Pack*>(workspace);
  return {p,
          p + kPacks,
          p + 2 * kPacks,
          p + 3 * kPacks,
          p + 4 * kPacks,
          p + 5 * kPacks,
          p + 6 * kPacks,
          p + (6 + k) * kPacks,
          0};
}

template <bool on_circle>
IEM_INLINE void load(Block& block, const double* x, const double* y, std::int64_t count) {
  block.packs = static_cast<int>((count + simd::kWidth - 1) / simd::kWidth);
  double* bx = reinterpret_cast<double*>(block.x);
  double* by = reinterpret_cast<double*>(block.y);
  double* valid = reinterpret_cast<double*>(block.valid);
  for (int i = 0; i < block.packs * simd::kWidth; ++i) {
    const std::int64_t from = i < count ? i : count - 1;  // padding repeats the last point, at weight 0
    bx[i] = x[from];
    by[i] = y[from];
    if constexpr (on_circle) move_to_circle(bx[i], by[i]);
    valid[i] = i < count ? 1.0 : 0.0;
  }
}

}  // namespace IEM_LANES
}  // namespace iem::kernel
