// The pass, compiled once for each instruction set: IEM_ISA names the one this object is for (see
// CMakeLists.txt). Nothing in here may be emitted as a shared inline function; see math/simd.h.
#include "core/energy/far.h"
#include "core/energy/list.h"
#include "core/kernel/block.h"
#include "core/kernel/skip.h"
#include "core/kernel/weigh.h"

namespace iem::kernel {
namespace {

template <class E, bool far>
IEM_INLINE void energies(const Block& block, const PassInput& in) {
  for (int p = 0; p < block.packs; ++p) block.minimum[p] = splat(__builtin_inf());
  for (int j = 0; j < in.k; ++j) {
    const Component c = in.components[j];
    Pack* row = block.energy + j * kPacks;
    for (int p = 0; p < block.packs; ++p) {
      const Pack dx = block.x[p] - c.mu0, dy = block.y[p] - c.mu1;
      const Pack u0 = dx * c.w00, u1 = dx * c.w10 + dy * c.w11;
      if constexpr (far) {
        row[p] = kernel_of<E>(u0, u1, in.shape) + c.offset;
      } else {
        row[p] = E::kernel(u0, u1, in.shape) + c.offset;
      }
      block.minimum[p] = simd::min(block.minimum[p], row[p]);
    }
  }
}

template <class E>
IEM_INLINE void radial_sums(const Block& block, const Component& c, const Pack* weight, const double* shape,
                            double* out) {
  Pack n = splat(0.0), w = n, s0 = n, s1 = n, s00 = n, s10 = n, s11 = n;
  for (int p = 0; p < block.packs; ++p) {
    const Pack dx = block.x[p] - c.mu0, dy = block.y[p] - c.mu1;
    const Pack r = weight[p] * block.z[p];
    Pack rw = r;
    if constexpr (!E::unit_weight) {
      const Pack u0 = dx * c.w00, u1 = dx * c.w10 + dy * c.w11;
      rw = r * E::weight(u0 * u0 + u1 * u1, shape);
      w += rw;
    }
    n += r;
    const Pack rx = rw * dx, ry = rw * dy;
    s0 += rx;
    s1 += ry;
    s00 += rx * dx;
    s10 += ry * dx;
    s11 += ry * dy;
  }
  const Pack all[kSums] = {n, E::unit_weight ? n : w, s0, s1, s00, s10, s11};
  for (int s = 0; s < kSums; ++s) out[s] += simd::sum(all[s]);
}

// The same sums for points so far away that the weight w underflows while w (x - mu) does not: computed with
// the square root of w.
template <class E>
IEM_INLINE void far_sums(const Block& block, const Component& c, const Pack* weight, const double* shape,
                         double* out) {
  Pack n = splat(0.0), w = n, s0 = n, s1 = n, s00 = n, s10 = n, s11 = n;
  for (int p = 0; p < block.packs; ++p) {
    const Pack dx = block.x[p] - c.mu0, dy = block.y[p] - c.mu1;
    const Pack r = weight[p] * block.z[p];
    const Pack root = root_weight_of<E>(dx * c.w00, dx * c.w10 + dy * c.w11, shape);
    const Pack vx = root * dx, vy = root * dy;
    n += r;
    w += r * root * root;
    s0 += r * vx * root;
    s1 += r * vy * root;
    s00 += r * vx * vx;
    s10 += r * vy * vx;
    s11 += r * vy * vy;
  }
  const Pack all[kSums] = {n, w, s0, s1, s00, s10, s11};
  for (int s = 0; s < kSums; ++s) out[s] += simd::sum(all[s]);
}

template <class E>
IEM_INLINE void general_sums(const Block& block, const Component& c, const Pack* weight, const double* shape,
                             double* out) {
  Pack n = splat(0.0), p0 = n, p1 = n, q00 = n, q10 = n, q11 = n;
  for (int p = 0; p < block.packs; ++p) {
    const Pack dx = block.x[p] - c.mu0, dy = block.y[p] - c.mu1;
    const Pack u0 = dx * c.w00, u1 = dx * c.w10 + dy * c.w11;
    const Pack r = weight[p] * block.z[p];
    Pack g0, g1;
    E::gradient(u0, u1, shape, g0, g1);
    n += r;
    p0 += r * g0;
    p1 += r * g1;
    q00 += r * g0 * dx;
    q10 += r * g1 * dx;
    q11 += r * g1 * dy;
  }
  const Pack all[kSums] = {n, p0, p1, q00, q10, q11, splat(0.0)};
  for (int s = 0; s < kSums; ++s) out[s] += simd::sum(all[s]);
}

template <class E>
IEM_INLINE void sums_of(const Block& block, const PassInput& in, int j, double* out) {
  const Component c = in.components[j];
  const Pack* weight = block.weight + j * kPacks;
  if constexpr (!E::radial) {
    general_sums<E>(block, c, weight, in.shape, out);
  } else if constexpr (kHasFar<E>) {
    in.far ? far_sums<E>(block, c, weight, in.shape, out) : radial_sums<E>(block, c, weight, in.shape, out);
  } else {
    radial_sums<E>(block, c, weight, in.shape, out);
  }
}

// Not inlined: it would be compiled again for every energy.
[[gnu::noinline]] void weigh(const Block& block, const PassInput& in, Totals& totals) {
  switch (in.weighting) {
    case Weighting::softmax: return softmax(block, in, totals);
    case Weighting::one_hot: return one_hot(block, in, totals);
    case Weighting::sparsemax: return sparse<1>(block, in, totals);
    case Weighting::entmax15: return sparse<2>(block, in, totals);
    case Weighting::correntropy: return correntropy(block, in, totals);
    case Weighting::sigmoid: return sigmoids(block, in, totals);
  }
}

// Row `slot` of the block becomes column j of what was asked for.
IEM_INLINE void store_row(const Block& block, const PassInput& in, int slot, int j, std::int64_t first,
                          std::int64_t count) {
  const double* energy = reinterpret_cast<const double*>(block.energy + slot * kPacks);
  const double* weight = reinterpret_cast<const double*>(block.weight + slot * kPacks);
  const double* scale = reinterpret_cast<const double*>(block.z);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t at = j * in.stride + (in.row ? in.row[first + i] : first + i);
    in.energies[at] = energy[i];
    if (in.weights) in.weights[at] = weight[i] * scale[i];
  }
}

// The rows of a component that was left out, in the place of the first one, which has been stored.
template <class E>
IEM_INLINE void store_silent(const Block& block, const PassInput& in, int j, std::int64_t first,
                             std::int64_t count) {
  const Component c = in.components[j];
  for (int p = 0; p < block.packs; ++p) {
    const Pack dx = block.x[p] - c.mu0, dy = block.y[p] - c.mu1;
    block.energy[p] = E::kernel(dx * c.w00, dx * c.w10 + dy * c.w11, in.shape) + c.offset;
    block.weight[p] = simd::exp((block.minimum[p] - block.energy[p]) / in.tau);
  }
  store_row(block, in, 0, j, first, count);
}

template <class E>
void pass(const PassInput& in, double* sums, PassTotals* out) {
  for (int i = 0; i < in.k * kSums; ++i) sums[i] = 0;
  Totals totals;
  Block block = make_block(in.workspace, in.k);
  PassInput here = in;  // of the components that count in the block
  Chosen chosen{};
  const bool skips = kCanSkip<E> && in.skip && !in.far && in.weighting == Weighting::softmax;
  if (skips) chosen = make_chosen(in);
  int rest = 0;
  for (std::int64_t first = 0; first < in.count; first += kBlock) {
    const std::int64_t count = in.count - first < kBlock ? in.count - first : kBlock;
    load<kOnCircle<E>>(block, in.x + first, in.y + first, count);
    if constexpr (kCanSkip<E>) {
      if (skips) choose<E>(block, in, chosen, here, rest);
    }
    if (in.far) {
      energies<E, true>(block, here);
    } else {
      energies<E, false>(block, here);
    }
    weigh(block, here, totals);
    const auto number = [&](int c) { return here.k < in.k ? chosen.numbers[c] : c; };
    for (int c = 0; c < here.k && in.sums; ++c) sums_of<E>(block, here, c, sums + number(c) * kSums);
    if (!in.energies) continue;
    for (int c = 0; c < here.k; ++c) store_row(block, in, c, number(c), first, count);
    if constexpr (kCanSkip<E>) {
      for (int j = 0, c = 0; here.k < in.k && j < in.k; ++j) {
        if (c < here.k && number(c) == j) {
          ++c;
        } else {
          store_silent<E>(block, in, j, first, count);
        }
      }
    }
  }
  out->log_partition = simd::sum(totals.log_partition);
  out->entropy = simd::sum(totals.entropy);
}

template <class... E>
PassFunction select(EnergyTypes<E...>, int index) {
  const PassFunction all[] = {&pass<E>...};
  return all[index];
}

}  // namespace

#define IEM_JOIN_(a, b) a##b
#define IEM_JOIN(a, b) IEM_JOIN_(a, b)
PassFunction IEM_JOIN(pass_for_, IEM_ISA)(int energy_index) { return select(EnergyList{}, energy_index); }

}  // namespace iem::kernel
