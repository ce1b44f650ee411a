// Turns a block's energies into the weight of each component at each point, and adds the block's part of -N J
// and of the entropy: one function for each Weighting (pass.h). Included by pass_isa.cpp only, once for each
// instruction set.
#pragma once

#include "core/kernel/block.h"

namespace iem::kernel {
inline namespace IEM_LANES {

struct Totals {
  Pack log_partition = splat(0.0), entropy = splat(0.0);
};

// An infinite energy merely gets the weight 0, and nothing else would show the overflow. So the entropy is
// made NaN, by which the caller notices it.
IEM_INLINE void note_infinite(Pack energy, const PassInput& in, Totals& totals) {
  if (!in.far) totals.entropy += energy - energy;
}

// ---- softmax ----

template <bool far>
IEM_INLINE void exponentials(const Block& block, const PassInput& in) {
  for (int p = 0; p < block.packs; ++p) block.z[p] = block.heat[p] = splat(0.0);
  for (int j = 0; j < in.k; ++j) {
    const Pack* row = block.energy + j * kPacks;
    Pack* weight = block.weight + j * kPacks;
    for (int p = 0; p < block.packs; ++p) {
      // The minimum is subtracted before dividing by tau: nothing overflows for energies of 1e300 or a tau of
      // 1e-9.
      const Pack below = block.minimum[p] - row[p];
      const Pack e = simd::exp(below / in.tau);
      weight[p] = e;
      block.z[p] += e;
      if constexpr (far) {
        block.heat[p] -= simd::select(e > 0.0, e * below, splat(0.0));  // one energy may be infinite
      } else {
        block.heat[p] -= e * below;
      }
    }
  }
}

// The entropy of points at which one component has nearly everything. It uses log(1 + rest), since z = 1 +
// rest has rounded the rest away.
IEM_INLINE Pack entropy_near_certainty(const Block& block, const PassInput& in) {
  Pack entropy = splat(0.0);
  for (int p = 0; p < block.packs; ++p) {
    Pack one = splat(1.0), rest = splat(0.0);  // the term 1 of the least energy is left out, once
    for (int j = 0; j < in.k; ++j) {
      const Pack e = block.weight[j * kPacks + p];
      const Mask best = block.energy[j * kPacks + p] <= block.minimum[p];
      rest += simd::select(best, e - one, e);
      one = simd::select(best, splat(0.0), one);
    }
    // In most packs the rest is so small that two terms of the series give all digits.
    const Pack log_z = simd::any(rest > 1e-8) ? simd::log1p(rest) : rest * (1.0 - rest * 0.5);
    entropy += (block.heat[p] / ((rest + 1.0) * in.tau) + log_z) * block.valid[p];
  }
  return entropy;
}

// The same weights and L without the entropy. Infinite energies must still be noticed (note_infinite): they
// lie infinitely far below.
template <bool is_warm>
IEM_INLINE void bare_softmax(const Block& block, const PassInput& in, Totals& totals) {
  Pack lowest = splat(0.0);
  for (int p = 0; p < block.packs; ++p) block.z[p] = splat(0.0);
  for (int j = 0; j < in.k; ++j) {
    const Pack* row = block.energy + j * kPacks;
    Pack* weight = block.weight + j * kPacks;
    for (int p = 0; p < block.packs; ++p) {
      const Pack below = block.minimum[p] - row[p];
      lowest = simd::min(lowest, below);
      weight[p] = is_warm ? simd::exp(below / in.tau) : simd::exp(below);
      block.z[p] += weight[p];
    }
  }
  totals.entropy += lowest * 0.0;
  for (int p = 0; p < block.packs; ++p) {
    const Pack log_z = simd::log(block.z[p]);
    totals.log_partition += (log_z * in.tau - block.minimum[p]) * block.valid[p];
    block.z[p] = block.valid[p] / block.z[p];
  }
}

// L and the entropy of each point; then z = sum_j exp((min - d_j)/tau) becomes valid / z, so that r is one
// product. Where the block's entropy is so small that the rounding of z shows in it, it is summed again.
IEM_INLINE void softmax(const Block& block, const PassInput& in, Totals& totals) {
  if (!in.entropy && !in.far)  // to divide by a temperature of 1 changes nothing
    return in.tau == 1 ? bare_softmax<false>(block, in, totals) : bare_softmax<true>(block, in, totals);
  constexpr double kCertain = 0x1p-10;  // nats a point, which the rounding of z changes by 1e-13 of it
  in.far ? exponentials<true>(block, in) : exponentials<false>(block, in);
  const Pack before = totals.entropy;
  for (int p = 0; p < block.packs; ++p) {
    const Pack log_z = simd::log(block.z[p]);
    totals.log_partition += (log_z * in.tau - block.minimum[p]) * block.valid[p];
    totals.entropy += (block.heat[p] / (block.z[p] * in.tau) + log_z) * block.valid[p];
  }
  if (in.k > 1 && simd::sum(totals.entropy - before) < kCertain * simd::kWidth * block.packs)
    totals.entropy = before + entropy_near_certainty(block, in);
  for (int p = 0; p < block.packs; ++p) block.z[p] = block.valid[p] / block.z[p];
}

// ---- one-hot ----

// r = 1 for the least energy. Each point's weight of 1 is given to one component only; `heat` holds what is
// left of it.
IEM_INLINE void one_hot(const Block& block, const PassInput& in, Totals& totals) {
  for (int p = 0; p < block.packs; ++p) {
    totals.log_partition -= block.minimum[p] * block.valid[p];
    block.z[p] = block.heat[p] = block.valid[p];
  }
  for (int j = 0; j < in.k; ++j) {
    const Pack* row = block.energy + j * kPacks;
    Pack* weight = block.weight + j * kPacks;
    for (int p = 0; p < block.packs; ++p) {
      weight[p] = simd::select(row[p] <= block.minimum[p], block.heat[p], splat(0.0));
      block.heat[p] -= weight[p];
      note_infinite(row[p], in, totals);
    }
  }
}

// ---- sparsemax and entmax-1.5 (math/responsibility.h) ----

// p_j = [z_j - theta]_+^n with sum 1, z_j = (min - d_j)/tau, halved for entmax; n = 1 and 2. theta is the
// root of the convex, falling f(theta) = sum [z - theta]_+^n - 1. The largest z is 0, so the root is in [-1,
// 0), and Newton's method from -1 climbs to it without overshooting; it ends when rounding lets no lane climb
// on. For n = 1 it is exact after at most k rounds (Michelot 1986).
template <int n>
IEM_INLINE Pack threshold(const Block& block, const PassInput& in, int p, double scale) {
  Pack theta = splat(-1.0);
  for (int round = 0; round < in.k + 60; ++round) {
    Pack sum = splat(0.0), slope = splat(0.0);
    for (int j = 0; j < in.k; ++j) {
      const Pack z = (block.minimum[p] - block.energy[j * kPacks + p]) / in.tau * scale;
      const Mask in_support = z > theta;
      const Pack s = simd::select(in_support, z - theta, splat(0.0));
      sum += n == 1 ? s : s * s;
      slope += n == 1 ? simd::select(in_support, splat(1.0), splat(0.0)) : s * 2.0;
    }
    const Pack next = theta + (sum - 1.0) / slope;
    const Mask climbs = next > theta;
    if (!simd::any(climbs)) break;
    theta = simd::select(climbs, next, theta);
  }
  return theta;
}

template <int n>
IEM_INLINE void sparse(const Block& block, const PassInput& in, Totals& totals) {
  const double scale = n == 1 ? 1.0 : 0.5;
  for (int p = 0; p < block.packs; ++p) {
    const Pack theta = threshold<n>(block, in, p, scale);
    Pack total = splat(0.0), gain = splat(0.0), chaos = splat(0.0);
    for (int j = 0; j < in.k; ++j) {
      const Pack z = (block.minimum[p] - block.energy[j * kPacks + p]) / in.tau;
      note_infinite(block.energy[j * kPacks + p], in, totals);
      const Mask in_support = z * scale > theta;
      const Pack s = simd::select(in_support, z * scale - theta, splat(0.0));
      const Pack weight = n == 1 ? s : s * s;
      block.weight[j * kPacks + p] = weight;
      total += weight;
      // The term of p z - Omega(p) of this component. Omega also contains sum p = 1, a constant that is added
      // below.
      gain +=
          simd::select(in_support, weight * z, splat(0.0)) - (n == 1 ? s * s * 0.5 : s * s * s * (4.0 / 3.0));
      chaos -= weight * simd::log(simd::select(in_support, weight, splat(1.0)));
    }
    totals.log_partition +=
        ((gain + (n == 1 ? 0.5 : 4.0 / 3.0)) * in.tau - block.minimum[p]) * block.valid[p];
    totals.entropy += chaos * block.valid[p];
    block.z[p] = block.valid[p] / total;
  }
}

// ---- objectives without competition: the weight is dJ_i/dd_ij of each component by
// itself ----

// 1 - exp(-d/s^2), d = rho^2/2: weight exp(-d/s^2)/s^2.
IEM_INLINE void correntropy(const Block& block, const PassInput& in, Totals& totals) {
  const double s2 = in.width * in.width;
  for (int p = 0; p < block.packs; ++p) block.z[p] = block.valid[p];
  for (int j = 0; j < in.k; ++j) {
    const Pack* row = block.energy + j * kPacks;
    Pack* weight = block.weight + j * kPacks;
    for (int p = 0; p < block.packs; ++p) {
      const Pack e = simd::exp(-row[p] / s2);
      weight[p] = e / s2;
      totals.log_partition -= (1.0 - e) * block.valid[p];
    }
  }
}

// softplus(t), t = d - margin: weight 1/(1 + exp(-t)), both from exp(-|t|).
IEM_INLINE void sigmoids(const Block& block, const PassInput& in, Totals& totals) {
  for (int p = 0; p < block.packs; ++p) block.z[p] = block.valid[p];
  for (int j = 0; j < in.k; ++j) {
    const Pack* row = block.energy + j * kPacks;
    Pack* weight = block.weight + j * kPacks;
    for (int p = 0; p < block.packs; ++p) {
      const Pack t = row[p] - in.width;
      const Pack e = simd::exp(-simd::abs(t));
      const Mask positive = t > 0.0;
      weight[p] = simd::select(positive, splat(1.0), e) / (e + 1.0);
      const Pack softplus = simd::select(positive, t, splat(0.0)) + simd::log1p(e);
      totals.log_partition -= softplus * block.valid[p];
    }
  }
}

}  // namespace IEM_LANES
}  // namespace iem::kernel
