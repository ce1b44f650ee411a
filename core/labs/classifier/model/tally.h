// Counts over labelled points: right answers, their confidence, and several losses.
#pragma once

#include <array>
#include <cstdint>

namespace iem {

// The class with the largest responsibility answers, the lowest of those that are alike; its responsibility
// is the confidence. Bins of equal width over [0, 1]: the lower edge belongs to a bin, 1 to the last.
inline constexpr int kBins = 10;

struct Tally {
  struct Bin {
    std::int64_t count = 0, right = 0;
    double confidence = 0;  // sum
  };
  std::int64_t labelled = 0, right = 0;
  std::int64_t clean = 0, clean_right = 0;  // by the labels before noise, of all points that had one
  std::array<Bin, kBins> bins;
  double joint = 0;                              // sum of -tau log sum_j e_j exp(-d_j/tau)
  double conditional = 0;                        // the same less its free phase: kappa = 1
  double nll = 0;                                // sum of -log r_y
  double label_energy = 0, expected_energy = 0;  // sums of d_y and of E_r[d], for calibration's law

  void add(const Tally& other);

  double accuracy() const;        // nan without labels
  double clean_accuracy() const;  // nan without labels
  // Expected calibration error: sum over bins of n_b/n |share right - mean confidence|; nan without labels.
  double calibration_error() const;
};

int bin_of(double confidence);

}  // namespace iem
