// Blocks of a linear layer, compiled once for each instruction set (see pass_isa.cpp). Products go tile by
// tile: as many rows and packs of the result as the registers hold, each entry summed from its first term to
// its last. How large a tile is differs from one instruction set to the next, and changes no bit.
#include <type_traits>

#include "core/kernel/layer.h"
#include "core/math/simd.h"

namespace iem::kernel {
namespace {

using simd::kWidth;
using simd::Pack;
using simd::splat;

// A tile's rows and packs: a pack takes one, two or four registers, and there are 32, 16 and 16.
constexpr int kTileRows = simd::kParts == 1 ? 8 : simd::kParts == 2 ? 4 : 2;
constexpr int kTilePacks = simd::kParts == 1 ? 2 : 1;
// Packs whose exponentials are taken in lock-step.
constexpr int kTogether = simd::kParts == 4 ? 2 : 4;

IEM_INLINE const Pack* packs(const double* x) { return reinterpret_cast<const Pack*>(x); }
IEM_INLINE Pack* packs(double* x) { return reinterpret_cast<Pack*>(x); }

// One tile of R rows and P packs from (first, at): out = from + sum_t left(t) right[t]. left(r, t) is at
// left + r * rows_apart + t * terms_apart; `from` is a row for all (apart 0) or the tile itself.
template <int R, int P>
IEM_INLINE void tile(const double* left, std::int64_t rows_apart, std::int64_t terms_apart, int terms,
                     const Pack* right, std::int64_t pitch, const Pack* from, std::int64_t from_apart,
                     Pack* out) {
  Pack sum[R][P];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
#pragma GCC unroll 2
    for (int p = 0; p < P; ++p) sum[r][p] = from[r * from_apart + p];
  for (int t = 0; t < terms; ++t) {
    const Pack* row = right + t * pitch;
    Pack b[P];
#pragma GCC unroll 2
    for (int p = 0; p < P; ++p) b[p] = row[p];
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      const double a = left[r * rows_apart + t * terms_apart];
#pragma GCC unroll 2
      for (int p = 0; p < P; ++p) sum[r][p] += b[p] * a;
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r)
#pragma GCC unroll 2
    for (int p = 0; p < P; ++p) out[r * pitch + p] = sum[r][p];
}

// A strip of R rows, its packs from `first` on.
template <int R>
void strip(const double* left, std::int64_t rows_apart, std::int64_t terms_apart, int terms,
           const double* right, int stride, int first, const double* from, std::int64_t from_apart,
           double* out) {
  const int all = stride / kWidth;
  const auto one = [&]<int P>(std::integral_constant<int, P>, int p) {
    tile<R, P>(left, rows_apart, terms_apart, terms, packs(right) + p, all, packs(from) + p, from_apart,
               packs(out) + p);
  };
  int p = first;
  for (; p + kTilePacks <= all; p += kTilePacks) one(std::integral_constant<int, kTilePacks>{}, p);
  for (; p < all; ++p) one(std::integral_constant<int, 1>{}, p);
}

void multiply(const Strided& left, int rows, int inner, const double* right, const double* start, int stride,
              double* out) {
  int r = 0;
  const auto rows_from = [&]<int R>(std::integral_constant<int, R>) {
    strip<R>(left.data + r * left.row, left.row, left.column, inner, right, stride, 0, start, 0,
             out + static_cast<std::int64_t>(r) * stride);
    r += R;
  };
  while (r + kTileRows <= rows) rows_from(std::integral_constant<int, kTileRows>{});
  while (r < rows) rows_from(std::integral_constant<int, 1>{});
}

void correlate(const Strided& left, int rows, int inner, const double* right, int stride, bool upper,
               double* sums) {
  int a = 0;
  const auto columns_from = [&]<int R>(std::integral_constant<int, R>) {
    double* to = sums + static_cast<std::int64_t>(a) * stride;
    strip<R>(left.data + a * left.column, left.column, left.row, rows, right, stride, upper ? a / kWidth : 0,
             to, stride / kWidth, to);
    a += R;
  };
  while (a + kTileRows <= inner) columns_from(std::integral_constant<int, kTileRows>{});
  while (a < inner) columns_from(std::integral_constant<int, 1>{});
}

void add_rows(const double* x, int rows, int stride, double* sums) {
  const int all = stride / kWidth;
  for (int p = 0; p < all; ++p) {
    Pack sum = packs(sums)[p];
    for (int r = 0; r < rows; ++r) sum += packs(x)[r * all + p];
    packs(sums)[p] = sum;
  }
}

template <LineDistance D>
void distances_of(const double* z, int rows, int stride, const double* centre, double* d, double* off) {
  const int all = stride / kWidth;
  for (int r = 0; r < rows; ++r)
    for (int p = 0; p < all; ++p) {
      const Pack distance = line_distance<D>(packs(z)[r * all + p]);
      if (d) packs(d)[r * all + p] = distance;
      packs(off)[r * all + p] = distance - packs(centre)[p];
    }
}
void distances(LineDistance distance, const double* z, int rows, int stride, const double* centre, double* d,
               double* off) {
  with_line_distance(distance, [&]<LineDistance D>() { distances_of<D>(z, rows, stride, centre, d, off); });
}

// The distance to be added to every lane of the last pack: infinite for padding lanes, which are no unit.
IEM_INLINE Pack far_lanes(const ShareBlock& b) {
  double lane[kWidth];
  const int last = b.units - (b.stride - kWidth);
  for (int i = 0; i < kWidth; ++i) lane[i] = i < last ? 0 : __builtin_inf();
  Pack out;
  __builtin_memcpy(&out, lane, sizeof out);
  return out;
}

IEM_INLINE double least_in_row(const Pack* d, int all, Pack far) {
  Pack least = d[all - 1] + far;
  for (int p = 0; p + 1 < all; ++p) least = simd::min(least, d[p]);
  double lane[kWidth];
  __builtin_memcpy(lane, &least, sizeof lane);
  double out = lane[0];
  for (double v : lane) out = v < out ? v : out;
  return out;
}

template <int N>
struct Together {};

void share(const ShareBlock& b) {
  constexpr double kNothing = 800;  // exp(-800) is 0, and 0 times it too
  const int all = b.stride / kWidth;
  const Pack far = far_lanes(b);
  alignas(64) double sums[kLayerBlock], weighted[kLayerBlock];
  for (int r = 0; r < kLayerBlock; ++r) sums[r] = 1;
  for (int row = 0; row < b.rows; ++row) {
    const Pack* d = packs(b.d) + row * all;
    Pack* out = packs(b.r) + row * all;
    const double least = b.least[row] = least_in_row(d, all, far);
    Pack z = splat(0.0), zt = splat(0.0);
    const auto several = [&]<int N>(Together<N>, int p) {
      Pack t[N], e[N];
#pragma GCC unroll 4
      for (int n = 0; n < N; ++n) {
        const Pack energy = p + n == all - 1 ? d[p + n] + far : d[p + n];
        t[n] = (energy - least) * b.inverse_tau;
        t[n] = simd::select(t[n] > kNothing, splat(kNothing), t[n]);
        e[n] = -t[n];
      }
      simd::exp_each(e);
#pragma GCC unroll 4
      for (int n = 0; n < N; ++n) {
        z += e[n];
        zt += e[n] * t[n];
        out[p + n] = e[n];
      }
    };
    int p = 0;
    for (; p + kTogether <= all; p += kTogether) several(Together<kTogether>{}, p);
    for (; p < all; ++p) several(Together<1>{}, p);
    sums[row] = simd::sum(z);
    const double scale = 1 / sums[row];
    weighted[row] = simd::sum(zt) * scale;
    for (p = 0; p < all; ++p) out[p] = out[p] * scale;
  }
  for (int p = 0; p < kLayerBlock / kWidth; ++p) {
    const Pack log = simd::log(packs(sums)[p]);
    __builtin_memcpy(b.log_sums + p * kWidth, &log, sizeof log);
  }
  for (int row = 0; row < b.rows; ++row) b.entropies[row] = b.log_sums[row] + weighted[row];
}

void combine(double* g, const double* r, double share, const double* off, const double* diagonal, int rows,
             int stride) {
  const int all = stride / kWidth;
  for (int row = 0; row < rows; ++row)
    for (int p = 0; p < all; ++p) {
      const int at = row * all + p;
      packs(g)[at] = packs(g)[at] + packs(r)[at] * share + packs(off)[at] * packs(diagonal)[p];
    }
}

void times_slope(LineDistance distance, const double* z, double* g, int rows, int stride) {
  const int count = rows * (stride / kWidth);
  with_line_distance(distance, [&]<LineDistance D>() {
    for (int at = 0; at < count; ++at) packs(g)[at] = packs(g)[at] * line_slope<D>(packs(z)[at]);
  });
}

}  // namespace

#define IEM_JOIN_(a, b) a##b
#define IEM_JOIN(a, b) IEM_JOIN_(a, b)
extern const LayerKernel IEM_JOIN(layer_, IEM_ISA);
const LayerKernel IEM_JOIN(layer_, IEM_ISA) = {multiply, correlate, add_rows,   distances,
                                               share,    combine,   times_slope};

}  // namespace iem::kernel
