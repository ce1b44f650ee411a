// Attention over blocks of queries, compiled once for each instruction set (see pass_isa.cpp). Sums over
// coordinates and over keys run in the same order everywhere; how many coordinates travel in registers
// together differs, and changes no bit.
#include "core/kernel/attention.h"
#include "core/math/simd.h"

namespace iem::kernel {
namespace {

using simd::kWidth;
using simd::Pack;
using simd::splat;

// The number of packs that fit into the registers beside the operands: a pack takes one, two or four
// registers.
constexpr int kChunk = simd::kParts == 1 ? 10 : simd::kParts == 2 ? 5 : 2;
// Keys in a tile, in packs: their coordinates stay in the first cache while the block's queries pass.
constexpr std::int64_t kTile = 32;
// Packs whose exponentials are taken in lock-step.
constexpr int kTogether = simd::kParts == 4 ? 2 : 4;

// Rows are an odd number of packs apart, so that they do not map to the same sets of the cache.
constexpr std::int64_t odd(std::int64_t packs) { return packs | 1; }

IEM_INLINE std::int64_t packs_of(std::int64_t keys) { return (keys + kWidth - 1) / kWidth; }

struct Workspace {
  Pack* weights;  // kQueries rows
  Pack* tile;     // kQueries rows of a tile
  Pack* sums;     // one for each row and coordinate; behind those of the keys, the rows of scaled gradients
  std::int64_t pitch;
};

IEM_INLINE Workspace workspace(const AttentionBlock& block) {
  const std::int64_t pitch = odd(block.keys.stride / kWidth);
  Pack* p = reinterpret_cast<Pack*>(block.workspace);
  return {p, p + kQueries * pitch, p + kQueries * (pitch + odd(kTile)), pitch};
}

// The packs that some row of the block sees.
IEM_INLINE std::int64_t packs_seen(const AttentionBlock& block) {
  std::int64_t most = 1;
  for (int r = 0; r < block.rows; ++r) most = block.seen[r] > most ? block.seen[r] : most;
  return packs_of(most);
}

template <int N>
struct Chunk {};

// Calls work(Chunk<N>, first coordinate) until `width` coordinates are done, N at most kChunk.
template <int N, class Work>
IEM_INLINE void last_chunk(int left, int at, const Work& work) {
  if constexpr (N > 0) {
    if (left == N) return work(Chunk<N>{}, at);
    last_chunk<N - 1>(left, at, work);
  }
}
template <class Work>
IEM_INLINE void in_chunks(int width, const Work& work) {
  int at = 0;
  for (; width - at >= kChunk; at += kChunk) work(Chunk<kChunk>{}, at);
  last_chunk<kChunk - 1>(width - at, at, work);
}

template <int N>
IEM_INLINE void load(const Coordinates& from, int at, std::int64_t p, Pack (&to)[N]) {
#pragma GCC unroll 16
  for (int n = 0; n < N; ++n) to[n] = reinterpret_cast<const Pack*>(from.data + (at + n) * from.stride)[p];
}

// to[r][p] = sum_d rows[r][d] columns_d[p], over packs first..last.
template <int N>
void dots_chunk(const double* rows, int count, const Coordinates& columns, int at, std::int64_t first,
                std::int64_t last, Pack* to, std::int64_t pitch) {
  for (std::int64_t p = first; p < last; ++p) {
    Pack c[N];
    load(columns, at, p, c);
    for (int r = 0; r < count; ++r) {
      const double* row = rows + r * columns.width + at;
      Pack& out = to[r * pitch + p - first];
      Pack sum = at == 0 ? c[0] * row[0] : out + c[0] * row[0];
#pragma GCC unroll 16
      for (int n = 1; n < N; ++n) sum += c[n] * row[n];
      out = sum;
    }
  }
}
IEM_INLINE void dots(const double* rows, int count, const Coordinates& columns, std::int64_t first,
                     std::int64_t last, Pack* to, std::int64_t pitch) {
  in_chunks(columns.width, [&]<int N>(Chunk<N>, int at) {
    dots_chunk<N>(rows, count, columns, at, first, last, to, pitch);
  });
}

// sums[r][n] += sum_p weights[r][p] columns_n[p], over packs first..last.
template <int N>
void gather_chunk(const Pack* weights, std::int64_t pitch, int count, const Coordinates& columns, int at,
                  std::int64_t first, std::int64_t last, Pack* sums) {
  for (int r = 0; r < count; ++r) {
    Pack sum[N];
#pragma GCC unroll 16
    for (int n = 0; n < N; ++n) sum[n] = sums[r * columns.width + at + n];
    const Pack* weight = weights + r * pitch;
    for (std::int64_t p = first; p < last; ++p) {
      Pack c[N];
      load(columns, at, p, c);
      const Pack w = weight[p - first];
#pragma GCC unroll 16
      for (int n = 0; n < N; ++n) sum[n] += w * c[n];
    }
#pragma GCC unroll 16
    for (int n = 0; n < N; ++n) sums[r * columns.width + at + n] = sum[n];
  }
}
IEM_INLINE void gather(const Pack* weights, std::int64_t pitch, int count, const Coordinates& columns,
                       std::int64_t first, std::int64_t last, Pack* sums) {
  in_chunks(columns.width, [&]<int N>(Chunk<N>, int at) {
    gather_chunk<N>(weights, pitch, count, columns, at, first, last, sums);
  });
}

// columns_n[p] += sum_r weights[r][p] rows[r][n], over packs first..last.
template <int N>
void scatter_chunk(const Pack* weights, std::int64_t pitch, const double* rows, int count,
                   const Coordinates& columns, int at, std::int64_t first, std::int64_t last) {
  for (std::int64_t p = first; p < last; ++p) {
    Pack sum[N];
    load(columns, at, p, sum);
    for (int r = 0; r < count; ++r) {
      const Pack w = weights[r * pitch + p - first];
      const double* row = rows + r * columns.width + at;
#pragma GCC unroll 16
      for (int n = 0; n < N; ++n) sum[n] += w * row[n];
    }
#pragma GCC unroll 16
    for (int n = 0; n < N; ++n) reinterpret_cast<Pack*>(columns.data + (at + n) * columns.stride)[p] = sum[n];
  }
}
IEM_INLINE void scatter(const Pack* weights, std::int64_t pitch, const double* rows, int count,
                        const Coordinates& columns, std::int64_t first, std::int64_t last) {
  in_chunks(columns.width, [&]<int N>(Chunk<N>, int at) {
    scatter_chunk<N>(weights, pitch, rows, count, columns, at, first, last);
  });
}

// The maximum over a row, lane by lane.
IEM_INLINE Pack greatest(const Pack* row, std::int64_t packs) {
  Pack even = row[0], odd = row[0];
  std::int64_t p = 0;
  for (; p + 2 <= packs; p += 2) {
    even = simd::select(row[p] > even, row[p], even);
    odd = simd::select(row[p + 1] > odd, row[p + 1], odd);
  }
  if (p < packs) even = simd::select(row[p] > even, row[p], even);
  return simd::select(odd > even, odd, even);
}

// exp(t - max t) of a row in place, 0 where nothing is seen; max t, the logarithm of the sum and 1 / sum.
void exponentials(Pack* row, std::int64_t packs, std::int64_t seen, double& top, double& log_sum,
                  double& scale) {
  double* t = reinterpret_cast<double*>(row);
  for (std::int64_t j = seen; j < packs * kWidth; ++j) t[j] = -__builtin_inf();
  double lane[kWidth];
  const Pack tops = greatest(row, packs);
  __builtin_memcpy(lane, &tops, sizeof lane);
  top = lane[0];
  for (double v : lane) top = v > top ? v : top;
  Pack z = splat(0.0);
  const auto several = [&]<int N>(Chunk<N>, std::int64_t p) {
    Pack x[N];
#pragma GCC unroll 4
    for (int n = 0; n < N; ++n) x[n] = row[p + n] - top;
    simd::exp_each(x);
#pragma GCC unroll 4
    for (int n = 0; n < N; ++n) z += row[p + n] = x[n];
  };
  std::int64_t p = 0;
  for (; p + kTogether <= packs; p += kTogether) several(Chunk<kTogether>{}, p);
  for (; p < packs; ++p) several(Chunk<1>{}, p);
  const double sum = simd::sum(z);
  const Pack log_z = simd::log(splat(sum));
  __builtin_memcpy(lane, &log_z, sizeof lane);
  log_sum = lane[0];
  scale = 1 / sum;
}

void forward(const AttentionBlock& block, AttentionRows& rows) {
  const Workspace w = workspace(block);
  const std::int64_t packs = packs_seen(block);
  const int width = block.values.width;
  dots(block.queries, block.rows, block.keys, 0, packs, w.weights, w.pitch);
  for (int r = 0; r < block.rows; ++r)
    exponentials(w.weights + r * w.pitch, packs, block.seen[r], rows.top[r], rows.log_sum[r], rows.scale[r]);
  for (int i = 0; i < block.rows * width; ++i) w.sums[i] = splat(0.0);
  for (std::int64_t first = 0; first < packs; first += kTile) {
    const std::int64_t last = first + kTile < packs ? first + kTile : packs;
    gather(w.weights + first, w.pitch, block.rows, block.values, first, last, w.sums);
  }
  for (int r = 0; r < block.rows; ++r)
    for (int d = 0; d < width; ++d)
      rows.output[r * width + d] = simd::sum(w.sums[r * width + d]) * rows.scale[r];
}

void backward(const AttentionBlock& block, const AttentionRows& rows, const AttentionGradient& gradient) {
  const Workspace w = workspace(block);
  const std::int64_t packs = packs_seen(block), pitch = odd(kTile);
  const int width = block.values.width, key_width = block.keys.width;
  const Coordinates key_sums{gradient.keys, key_width, block.keys.stride};
  const Coordinates value_sums{gradient.values, width, block.values.stride};
  // alpha g = weight (scale g), and alpha (b - E[b]) = weight (scale b - scale E[b]).
  double* scaled = reinterpret_cast<double*>(w.sums + kQueries * key_width);
  double mean[kQueries];
  for (int r = 0; r < block.rows; ++r) {
    mean[r] = 0;
    for (int d = 0; d < width; ++d) {
      scaled[r * width + d] = gradient.g[r * width + d] * rows.scale[r];
      mean[r] += scaled[r * width + d] * rows.output[r * width + d];
    }
  }
  for (int i = 0; i < block.rows * key_width; ++i) w.sums[i] = splat(0.0);
  for (std::int64_t first = 0; first < packs; first += kTile) {
    const std::int64_t last = first + kTile < packs ? first + kTile : packs;
    const Pack* weights = w.weights + first;
    dots(scaled, block.rows, block.values, first, last, w.tile, pitch);
    for (int r = 0; r < block.rows; ++r)
      for (std::int64_t p = 0; p < last - first; ++p)
        w.tile[r * pitch + p] = weights[r * w.pitch + p] * (w.tile[r * pitch + p] - mean[r]);
    gather(w.tile, pitch, block.rows, block.keys, first, last, w.sums);
    scatter(w.tile, pitch, block.queries, block.rows, key_sums, first, last);
    scatter(weights, w.pitch, scaled, block.rows, value_sums, first, last);
  }
  for (int i = 0; i < block.rows * key_width; ++i) gradient.queries[i] = simd::sum(w.sums[i]);
}

void drift(const AttentionBlock& block, const AttentionRows& rows, const AttentionBefore& before,
           double* change, double* norm) {
  const Workspace w = workspace(block);
  const std::int64_t packs = packs_seen(block), pitch = odd(kTile);
  Pack changes = splat(0.0), norms = splat(0.0);
  for (std::int64_t first = 0; first < packs; first += kTile) {
    const std::int64_t last = first + kTile < packs ? first + kTile : packs;
    dots(before.queries, block.rows, before.keys, first, last, w.tile, pitch);
    for (int r = 0; r < block.rows; ++r) {
      // Keys that the row does not see have weight 0 now; they had it before.
      double* t = reinterpret_cast<double*>(w.tile + r * pitch);
      for (std::int64_t j = block.seen[r] - first * kWidth; j < (last - first) * kWidth; ++j)
        if (j >= 0) t[j] = -__builtin_inf();
      const Pack* weights = w.weights + r * w.pitch + first;
      const Pack* past = w.tile + r * pitch;
      const double scale = rows.scale[r], top = before.top[r], log_sum = before.log_sum[r];
      const auto several = [&]<int N>(Chunk<N>, std::int64_t p) {
        Pack x[N];
#pragma GCC unroll 4
        for (int n = 0; n < N; ++n) x[n] = (past[p + n] - top) - log_sum;
        simd::exp_each(x);
#pragma GCC unroll 4
        for (int n = 0; n < N; ++n) {
          const Pack now = weights[p + n] * scale, gap = now - x[n];
          changes += gap * gap;
          norms += now * now;
        }
      };
      std::int64_t p = 0;
      for (; p + kTogether <= last - first; p += kTogether) several(Chunk<kTogether>{}, p);
      for (; p < last - first; ++p) several(Chunk<1>{}, p);
    }
  }
  *change += simd::sum(changes);
  *norm += simd::sum(norms);
}

std::int64_t workspace_size(std::int64_t stride, int key_width, int value_width) {
  return kWidth * kQueries * (odd(stride / kWidth) + odd(kTile) + key_width + value_width);
}

const double* weights(const AttentionBlock& block, int row) {
  const Workspace w = workspace(block);
  return reinterpret_cast<const double*>(w.weights + row * w.pitch);
}

void products(const double* rows, int count, const Coordinates& columns, double* out) {
  const std::int64_t packs = columns.stride / kWidth;
  dots(rows, count, columns, 0, packs, reinterpret_cast<Pack*>(out), packs);
}

void project(const Coordinates& x, const double* w, const Coordinates& out) {
  for (std::int64_t p = 0; p < x.stride / kWidth; ++p)
    in_chunks(out.width, [&]<int N>(Chunk<N>, int at) {
      Pack sum[N];
#pragma GCC unroll 16
      for (int n = 0; n < N; ++n) sum[n] = splat(0.0);
      for (int a = 0; a < x.width; ++a) {
        const Pack xa = reinterpret_cast<const Pack*>(x.data + a * x.stride)[p];
#pragma GCC unroll 16
        for (int n = 0; n < N; ++n) sum[n] += xa * w[a * out.width + at + n];
      }
#pragma GCC unroll 16
      for (int n = 0; n < N; ++n) reinterpret_cast<Pack*>(out.data + (at + n) * out.stride)[p] = sum[n];
    });
}

void correlate(const Coordinates& x, const Coordinates& y, double* out) {
  for (int a = 0; a < x.width; ++a)
    in_chunks(y.width, [&]<int N>(Chunk<N>, int at) {
      Pack sum[N];
#pragma GCC unroll 16
      for (int n = 0; n < N; ++n) sum[n] = splat(0.0);
      for (std::int64_t p = 0; p < x.stride / kWidth; ++p) {
        Pack c[N];
        load(y, at, p, c);
        const Pack xa = reinterpret_cast<const Pack*>(x.data + a * x.stride)[p];
#pragma GCC unroll 16
        for (int n = 0; n < N; ++n) sum[n] += xa * c[n];
      }
#pragma GCC unroll 16
      for (int n = 0; n < N; ++n) out[a * y.width + at + n] = simd::sum(sum[n]);
    });
}

}  // namespace

#define IEM_JOIN_(a, b) a##b
#define IEM_JOIN(a, b) IEM_JOIN_(a, b)
extern const AttentionKernel IEM_JOIN(attention_, IEM_ISA);
const AttentionKernel IEM_JOIN(attention_, IEM_ISA) = {workspace_size, forward,  backward, drift,
                                                       weights,        products, project,  correlate};

}  // namespace iem::kernel
