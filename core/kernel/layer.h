// The hot loops of a linear layer: products of tall matrices with small ones, a block of points at a time,
// and what is done to every entry between them. Matrices of units are row-major, one row a point, with
// `stride` entries a row: a multiple of 8, the last of them padding, and aligned to 64 bytes. One entry's sum
// runs in the same order whatever the instruction set and the number of threads.
#pragma once

#include <cstdint>

#include "core/energy/line_distance.h"

namespace iem::kernel {

inline constexpr int kLayerBlock = 32;  // most points in a block

// A matrix by its strides: entry (r, a) is data[r * row + a * column].
struct Strided {
  const double* data = nullptr;
  std::int64_t row = 0, column = 1;
};

// The softmax of the rows of a block: r_ij = exp(-d_ij / tau) / sum_k exp(-d_ik / tau).
struct ShareBlock {
  const double* d = nullptr;  // rows x stride
  int rows = 0, units = 0, stride = 0;
  double inverse_tau = 1;       // finite
  double* r = nullptr;          // rows x stride; 0 in the padding
  double* least = nullptr;      // kLayerBlock: min_j d_ij
  double* log_sums = nullptr;   // kLayerBlock: log sum_j exp(-(d_ij - least) / tau)
  double* entropies = nullptr;  // kLayerBlock: -sum_j r_ij log r_ij
};

struct LayerKernel {
  // out[r][k] = start[k] + sum_a left(r, a) right[a][k], over `inner` values of a.
  void (*multiply)(const Strided& left, int rows, int inner, const double* right, const double* start,
                   int stride, double* out);
  // sums[a][k] += sum_r left(r, a) right[r][k]. With `upper`, for a symmetric product, row a is computed only
  // from the group of 8 columns that holds column a.
  void (*correlate)(const Strided& left, int rows, int inner, const double* right, int stride, bool upper,
                    double* sums);
  // sums[k] += sum_r x[r][k].
  void (*add_rows)(const double* x, int rows, int stride, double* sums);

  // d = phi(z) and off = d - centre (a row), entry by entry. `d` may be null.
  void (*distances)(LineDistance distance, const double* z, int rows, int stride, const double* centre,
                    double* d, double* off);
  void (*share)(const ShareBlock& block);
  // g = g + share r + off diagonal (a row).
  void (*combine)(double* g, const double* r, double share, const double* off, const double* diagonal,
                  int rows, int stride);
  // g = g phi'(z).
  void (*times_slope)(LineDistance distance, const double* z, double* g, int rows, int stride);
};

// For the active instruction set (kernel/pass.h); all give the same bits.
const LayerKernel& layer_kernel();

}  // namespace iem::kernel
