// Hypotheses about a number z, with their energies, responsibilities, and the statistics that are activations
// (math.md section 4):
//   d_h(z) = kernel((z - mu_h) / scale_h) + offset_h - log prior_h,
//   r_h = exp(-d_h/tau) / sum_k exp(-d_k/tau),
//   L = tau log sum_h exp(-d_h/tau),   a(z) = sum_h r_h g(h).
//
// Signs: mu = -m, m and g = -1, +1. Gates: h = 0, 1 with log-odds z, so d_0 = 0, d_1 = -z; or, with gaussian
// noise, d_0 = -log Phi(-z), d_1 = -log Phi(z); g = h. Prototypes: g = mu unless given, and each may have a
// width of its own: scale_h = scale * width_h.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/energy/line_kernel.h"

namespace iem {

constexpr int kMostHypotheses = 16;

enum class HypothesisKind : std::uint8_t { sign, gate, prototypes };
enum class Statistic : std::uint8_t { mean, mode, variance, entropy, log_partition, gated_mean };
const std::vector<std::string>& hypothesis_names();  // in the order of the enums
const std::vector<std::string>& statistic_names();

constexpr std::array<double, kMostHypotheses> all_ones() {
  std::array<double, kMostHypotheses> out{};
  for (double& each : out) each = 1;
  return out;
}

struct Hypotheses {
  HypothesisKind kind = HypothesisKind::sign;
  const LineKernel* kernel = nullptr;  // of gates: null for the logistic, else the gaussian one
  std::vector<double> shape;
  int count = 2;
  double scale = 1, offset = 0, tau = 1;
  // exp(-d_h) is prior times density: the energies contain log scale + constant, the offset.
  bool normalised = false;
  std::array<double, kMostHypotheses> mu{}, g{}, log_prior{};
  std::array<double, kMostHypotheses> width = all_ones(),
                                      log_width{};  // log_width: 0 without the volume term

  double scale_of(std::size_t h) const { return scale * width[h]; }
  double offset_of(std::size_t h) const { return offset + log_width[h]; }
};

// Everything about one z. Only the first `count` entries are filled.
struct Posterior {
  double z = 0, log_partition = 0;                        // L
  std::array<double, kMostHypotheses> energy{}, slope{};  // d_h, dd_h/dz
  std::array<double, kMostHypotheses> above{},
      steeper{};  // d_h and dd_h/dz, less those of the best hypothesis
  std::array<double, kMostHypotheses> r{};
  std::array<double, kMostHypotheses> surprise{};  // -log r_h, to the last digits where r_h is next to 1
  std::array<double, kMostHypotheses> off{};       // g_h - mean
  int best = 0;                                    // the least energy; the first of several
  double mean = 0;                                 // sum r g
  double variance = 0;                             // sum r (g - mean)^2
  double pull = 0;                                 // -sum r (g - mean) d', so that d mean/dz = pull / tau
};

// For finite z, scale and tau > 0 of any size nothing overflows, and all significant digits are kept.
Posterior posterior(const Hypotheses& hypotheses, double z);

double value_of(const Hypotheses& hypotheses, const Posterior& at, Statistic statistic);
// The derivative of a statistic by z. Where a curve jumps (the mode) it is that of the flat pieces.
double derivative_of(const Hypotheses& hypotheses, const Posterior& at, Statistic statistic);

// log Phi(z), the standard normal distribution's, and its derivative; accurate in both tails.
double log_normal_cdf(double z);
double normal_hazard(double z);

}  // namespace iem
