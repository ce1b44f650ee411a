// The hot loop of the program: one pass over points and components that is both the E-step and the gradient.
//
// For point x and component j, with dx = x - mu_j, u = W_j dx:
//   d_j = kernel(u) + offset_j,  r_j = exp(-d_j/tau) / sum_k exp(-d_k/tau),  L = tau log sum_j exp(-d_j/tau).
// For an energy of directions (on_circle) x and mu lie on the unit circle (mu is passed in that form) and W
// is 1. The responsibilities are only ever used to weight sums over points. Those sums are the M-step's
// sufficient statistics, and the gradient of J is a linear map of them (mixture/mixture.cpp): one pass serves
// gradient descent and EM alike.
#pragma once

#include <cstdint>

namespace iem::kernel {

struct Component {
  double mu0 = 0, mu1 = 0;
  double w00 = 1, w10 = 0, w11 = 1;
  double offset = 0;  // volume + constant - log pi
};

// How a point's energies become its weights. softmax: as above. one_hot: 1 for the least energy and 0 for the
// others, ties to the lowest index; then L = -min_j d_j. sparsemax, entmax15: math/responsibility.h. In
// correntropy and sigmoid the components do not compete: each is weighted by itself, the weight is N
// dJ/dd_ij, and L is minus the point's part of N J.
enum class Weighting : std::uint8_t { softmax, one_hot, sparsemax, entmax15, correntropy, sigmoid };

// Columns of a component's sums. Radial energies (kernel = g(|u|^2), weight w = 2 g') fill kN .. kS11, with
// S = sum r w dx dx^T; the others fill kN and kP0 .. kQ11, with P = sum r dkernel/du and Q = sum r dkernel/du
// dx^T.
enum Sum : int { kN = 0, kW, kS0, kS1, kS00, kS10, kS11, kSums };
enum GeneralSum : int { kP0 = 1, kP1, kQ00, kQ10, kQ11 };

struct PassInput {
  const double* x = nullptr;  // count
  const double* y = nullptr;
  std::int64_t count = 0;
  const Component* components = nullptr;
  int k = 0;
  double tau = 1;
  const double* shape = nullptr;  // the energy's own parameters
  double* workspace = nullptr;    // workspace_size(k) doubles, aligned to 64 bytes
  // N x K blocks to fill, or null: entry (i, j) at [j * stride + i], or at [j * stride + row[i]] where there
  // is a list of rows. Weights only beside energies.
  double* energies = nullptr;
  double* weights = nullptr;  // r, or N dJ/dd
  std::int64_t stride = 0;
  const std::int32_t* row = nullptr;  // count
  Weighting weighting = Weighting::softmax;
  double width = 1;  // correntropy: its scale s; sigmoid: the margin
  // Whether to allow for points whose |u|^2 overflows (energy/far.h), which is slower. Where it is needed and
  // not set, the totals or sums come out non-finite, so that the caller can repeat the pass with it.
  bool far = false;
  // false: not needed, which is faster; they may come out as 0.
  bool entropy = true, sums = true;
  // Whether softmax may leave out, block by block, components whose r is below 2^-68 at all points of the
  // block (kernel/skip.h); `always` (k, or null) names those that are never left out. Totals and sums, but
  // not rows, are without them. It wins where neighbours stand together and components are many.
  bool skip = false;
  const unsigned char* always = nullptr;
};

struct PassTotals {
  double log_partition = 0;  // sum of L_i
  double entropy = 0;        // sum of -sum_j r_ij log r_ij; 0 without competition, NaN where `far` is needed
};

inline constexpr int kBlock = 256;  // points whose energies are in cache together
inline constexpr std::int64_t workspace_size(int k) {
  return static_cast<std::int64_t>(kBlock) * (2 * k + 6) + 15 * (static_cast<std::int64_t>(k) + 8);
}

// Overwrites (does not add to) sums, k x kSums row-major, and totals.
using PassFunction = void (*)(const PassInput& input, double* sums, PassTotals* totals);

// The instruction sets the kernel is compiled for. All give the same bits (math/simd.h); they differ in
// speed.
enum class Isa : std::uint8_t { baseline, avx2, avx512 };
const char* isa_name(Isa isa);          // "sse2" (on other processors "generic"), "avx2", "avx512"
bool isa_supported(Isa isa);            // by this processor and this build
Isa active_isa();                       // the best supported one unless set
bool set_active_isa(const char* name);  // false when unknown or not supported

// The pass of the energy at `index` in energy/list.h, for the active instruction set.
PassFunction pass_for(int energy_index);

}  // namespace iem::kernel
