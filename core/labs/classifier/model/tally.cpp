#include "core/labs/classifier/model/tally.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace iem {
namespace {

double share(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole)
                   : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

int bin_of(double confidence) {
  if (std::isnan(confidence)) return 0;  // of a state that is not finite
  return static_cast<int>(std::clamp(confidence * kBins, 0.0, kBins - 1.0));
}

void Tally::add(const Tally& other) {
  labelled += other.labelled, right += other.right;
  clean += other.clean, clean_right += other.clean_right;
  for (std::size_t b = 0; b < bins.size(); ++b) {
    bins[b].count += other.bins[b].count, bins[b].right += other.bins[b].right;
    bins[b].confidence += other.bins[b].confidence;
  }
  joint += other.joint, conditional += other.conditional, nll += other.nll;
  label_energy += other.label_energy, expected_energy += other.expected_energy;
}

double Tally::accuracy() const { return share(right, labelled); }

double Tally::clean_accuracy() const { return share(clean_right, clean); }

double Tally::calibration_error() const {
  if (labelled == 0) return std::numeric_limits<double>::quiet_NaN();
  double sum = 0;
  for (const Bin& bin : bins) sum += std::abs(static_cast<double>(bin.right) - bin.confidence);
  return sum / static_cast<double>(labelled);
}

}  // namespace iem
