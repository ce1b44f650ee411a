// The pass, compiled once for each instruction set: IEM_ISA names the one this object is for (see
// CMakeLists.txt). Nothing in here may be emitted as a shared inline function; see kernel/lanes.h.
#include "core/energy/list.h"
#include "core/kernel/lanes.h"
#include "core/kernel/pass.h"

namespace iem::kernel {
namespace {

using lanes::Pack;
using lanes::splat;

// One block of points in the workspace: coordinates, per-point accumulators, then energies and exponentials
// by component.
struct Block {
  Pack* x;
  Pack* y;
  Pack* valid;    // 1 for a point, 0 for padding
  Pack* minimum;  // min_j d_j
  Pack* z;        // sum_j exp((min - d_j)/tau)
  Pack* heat;     // sum_j exp(...) (d_j - min): for the entropy
  Pack* energy;   // k rows of kBlock
  Pack* weight;   // k rows of kBlock: exp((min - d_j)/tau)
  int packs;
};
constexpr int kPacks = kBlock / lanes::kWidth;

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

IEM_INLINE void load(Block& block, const double* x, const double* y, std::int64_t count) {
  block.packs = static_cast<int>((count + lanes::kWidth - 1) / lanes::kWidth);
  double* bx = reinterpret_cast<double*>(block.x);
  double* by = reinterpret_cast<double*>(block.y);
  double* valid = reinterpret_cast<double*>(block.valid);
  for (int i = 0; i < block.packs * lanes::kWidth; ++i) {
    const std::int64_t from = i < count ? i : count - 1;  // padding repeats the last point, at weight 0
    bx[i] = x[from];
    by[i] = y[from];
    valid[i] = i < count ? 1.0 : 0.0;
  }
}

template <class E>
IEM_INLINE void energies(const Block& block, const PassInput& in) {
  for (int p = 0; p < block.packs; ++p) block.minimum[p] = splat(__builtin_inf());
  for (int j = 0; j < in.k; ++j) {
    const Component c = in.components[j];
    Pack* row = block.energy + j * kPacks;
    for (int p = 0; p < block.packs; ++p) {
      const Pack dx = block.x[p] - c.mu0, dy = block.y[p] - c.mu1;
      const Pack u0 = dx * c.w00, u1 = dx * c.w10 + dy * c.w11;
      row[p] = E::kernel(u0, u1, in.shape) + c.offset;
      block.minimum[p] = lanes::min(block.minimum[p], row[p]);
    }
  }
}

IEM_INLINE void exponentials(const Block& block, const PassInput& in) {
  for (int p = 0; p < block.packs; ++p) block.z[p] = block.heat[p] = splat(0.0);
  for (int j = 0; j < in.k; ++j) {
    const Pack* row = block.energy + j * kPacks;
    Pack* weight = block.weight + j * kPacks;
    for (int p = 0; p < block.packs; ++p) {
      // The minimum goes first and tau after it: neither overflows for energies of 1e300 or a tau of 1e-9.
      const Pack below = block.minimum[p] - row[p];
      const Pack e = lanes::exp(below / in.tau);
      weight[p] = e;
      block.z[p] += e;
      block.heat[p] -= e * below;
    }
  }
}

// L and the entropy of each point; then z becomes valid / z, so that r is one product.
IEM_INLINE void normalise(const Block& block, const PassInput& in, Pack& log_partition, Pack& entropy) {
  for (int p = 0; p < block.packs; ++p) {
    const Pack log_z = lanes::log(block.z[p]);
    log_partition += (log_z * in.tau - block.minimum[p]) * block.valid[p];
    entropy += (block.heat[p] / (block.z[p] * in.tau) + log_z) * block.valid[p];
    block.z[p] = block.valid[p] / block.z[p];
  }
}

// r = 1 for the least energy. A point's 1 is handed out once: `heat` is what is left of it.
IEM_INLINE void one_hot(const Block& block, const PassInput& in, Pack& log_partition) {
  for (int p = 0; p < block.packs; ++p) {
    log_partition -= block.minimum[p] * block.valid[p];
    block.z[p] = block.heat[p] = block.valid[p];
  }
  for (int j = 0; j < in.k; ++j) {
    const Pack* row = block.energy + j * kPacks;
    Pack* weight = block.weight + j * kPacks;
    for (int p = 0; p < block.packs; ++p) {
      weight[p] = lanes::select(row[p] <= block.minimum[p], block.heat[p], splat(0.0));
      block.heat[p] -= weight[p];
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
  for (int s = 0; s < kSums; ++s) out[s] += lanes::sum(all[s]);
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
  for (int s = 0; s < kSums; ++s) out[s] += lanes::sum(all[s]);
}

IEM_INLINE void store_rows(const Block& block, const PassInput& in, std::int64_t first, std::int64_t count) {
  for (int j = 0; j < in.k; ++j) {
    const double* energy = reinterpret_cast<const double*>(block.energy + j * kPacks);
    const double* weight = reinterpret_cast<const double*>(block.weight + j * kPacks);
    const double* scale = reinterpret_cast<const double*>(block.z);
    const std::int64_t at = j * in.stride + first;
    for (std::int64_t i = 0; i < count; ++i) {
      in.energies[at + i] = energy[i];
      in.responsibilities[at + i] = weight[i] * scale[i];
    }
  }
}

template <class E>
void pass(const PassInput& in, double* sums, PassTotals* totals) {
  for (int i = 0; i < in.k * kSums; ++i) sums[i] = 0;
  Pack log_partition = splat(0.0), entropy = splat(0.0);
  Block block = make_block(in.workspace, in.k);
  for (std::int64_t first = 0; first < in.count; first += kBlock) {
    const std::int64_t count = in.count - first < kBlock ? in.count - first : kBlock;
    load(block, in.x + first, in.y + first, count);
    energies<E>(block, in);
    if (in.rule == Responsibility::softmax) {
      exponentials(block, in);
      normalise(block, in, log_partition, entropy);
    } else {
      one_hot(block, in, log_partition);
    }
    for (int j = 0; j < in.k; ++j) {
      const Pack* weight = block.weight + j * kPacks;
      if constexpr (E::radial) {
        radial_sums<E>(block, in.components[j], weight, in.shape, sums + j * kSums);
      } else {
        general_sums<E>(block, in.components[j], weight, in.shape, sums + j * kSums);
      }
    }
    if (in.energies) store_rows(block, in, first, count);
  }
  totals->log_partition = lanes::sum(log_partition);
  totals->entropy = lanes::sum(entropy);
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
