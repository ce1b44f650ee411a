// The hot loop of attention: blocks of queries against all the keys they see, forwards and backwards, without
// a matrix of queries x keys x width anywhere.
//
// For query i and key j, with t_ij = q_i . k_j (the caller has divided q by sqrt(d_k) tau):
//   alpha_ij = exp(t_ij) / sum_k exp(t_ik),  o_i = sum_j alpha_ij v_j,
// and backwards, with g_i = dJ/do_i (Agarwal, Dalal & Misra, arXiv 2512.22473):
//   b_ij = g_i . v_j,  dJ/dt_ij = alpha_ij (b_ij - g_i . o_i),  dJ/dv_j = sum_i alpha_ij g_i.
// A block's rows of weights stay in the cache between the two passes, so the softmax takes the memory of
// kQueries rows only.
#pragma once

#include <cstdint>

namespace iem::kernel {

inline constexpr int kQueries = 16;  // most queries in a block

// The vectors of all keys, stored by coordinate: coordinate d of key j is data[d * stride + j]. `stride` is a
// multiple of 8, the padding behind the last key is zero, and data is aligned to 64 bytes.
struct Coordinates {
  double* data = nullptr;
  int width = 0;
  std::int64_t stride = 0;
};

struct AttentionBlock {
  Coordinates keys, values;
  int rows = 0;                        // queries in the block, at most kQueries
  const double* queries = nullptr;     // rows x keys.width, row-major
  const std::int64_t* seen = nullptr;  // per row: keys 0..seen-1 take part; at least 1
  double* workspace = nullptr;         // AttentionKernel::workspace_size doubles, aligned to 64 bytes
};

// What forward() leaves for each row.
struct AttentionRows {
  double top[kQueries];      // max_j t_ij
  double log_sum[kQueries];  // log sum_j exp(t_ij - top)
  double scale[kQueries];    // alpha_ij = scale * weight of the workspace
  double* output;            // rows x values.width, row-major: o_i
};

// What backward() reads and adds to.
struct AttentionGradient {
  const double* g = nullptr;  // rows x values.width: dJ/do_i
  double* queries = nullptr;  // rows x keys.width, overwritten: dJ/dq_i
  double* keys = nullptr;     // like Coordinates of the keys: dJ/dk_j is added
  double* values = nullptr;   // the same: dJ/dv_j is added
};

// The same queries one update earlier: the keys at that time, and the maxima and log sums of each row.
struct AttentionBefore {
  Coordinates keys;
  const double* queries = nullptr;  // rows x keys.width
  const double* top = nullptr;      // per row
  const double* log_sum = nullptr;  // per row
};

struct AttentionKernel {
  std::int64_t (*workspace_size)(std::int64_t stride, int key_width, int value_width);  // doubles
  void (*forward)(const AttentionBlock& block, AttentionRows& rows);
  // After forward() on the same block.
  void (*backward)(const AttentionBlock& block, const AttentionRows& rows, const AttentionGradient& gradient);
  // After forward(), before or after backward(): adds sum_ij (alpha - alpha before)^2 and sum_ij alpha^2.
  void (*drift)(const AttentionBlock& block, const AttentionRows& rows, const AttentionBefore& before,
                double* change, double* norm);
  // The weights of a row as they stand in the workspace after forward(): `keys` of them, then zeros.
  const double* (*weights)(const AttentionBlock& block, int row);

  // out[r * columns.stride + j] = sum_d rows[r][d] columns_d[j], rows being count x columns.width row-major.
  void (*products)(const double* rows, int count, const Coordinates& columns, double* out);

  // project: out = x w with w of x.width x out.width, row-major. correlate: out = x^T y, x.width x y.width,
  // row-major. Both run over whole strides, which must be equal.
  void (*project)(const Coordinates& x, const double* w, const Coordinates& out);
  void (*correlate)(const Coordinates& x, const Coordinates& y, double* out);
};

// For the active instruction set (kernel/pass.h); all give the same bits.
const AttentionKernel& attention_kernel();

}  // namespace iem::kernel
