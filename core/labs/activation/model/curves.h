// Everything the activation lab's figures draw, sampled along z: hypotheses, energies, responsibilities, the
// contribution of each to the statistic, the activation and its slope; and numbers read off them.
#pragma once

#include <string>
#include <vector>

#include "core/labs/activation/model/keys.h"
#include "core/labs/activation/model/named_functions.h"
#include "core/run/snapshot.h"

namespace iem {

inline const LineModel& line_of(const Snapshot& snapshot) {
  return static_cast<const LineModel&>(snapshot.model());
}

struct ActivationCurves {
  Hypotheses hypotheses;
  Statistic statistic = Statistic::mean;
  std::vector<double> z;
  // One vector a hypothesis.
  std::vector<std::vector<double>> density, energy, r, part;  // density: exp(-d_h) = prior_h p(z | h)
  std::vector<double> total;                                  // sum of the densities
  std::vector<double> negative;                               // -L
  std::vector<double> value, slope;
  std::vector<double> variance;  // Var(g | z)
  std::vector<double> rate;      // dE[g]/dz divided by the variance; NaN where that is 0
};

ActivationCurves activation_curves(const Snapshot& snapshot, const Config& view);

// What hypothesis h adds to the statistic; 0 for the log-partition, which is no sum over hypotheses.
double part_of(const Hypotheses& h, const Posterior& at, Statistic statistic, std::size_t hypothesis);

// Numbers of a whole curve.
struct ActivationNumbers {
  double left = 0, right = 0;              // at the ends of what is shown
  double limit_left = 0, limit_right = 0;  // far out, at +-1e6 times the range; of lines, the slope there
  double slope_at_0 = 0;
  double peak_z = 0, peak = 0;          // the largest value
  double steepest_z = 0, steepest = 0;  // where the slope is largest: the largest |a'|
  bool steepest_inside = false;         // false: at an end of what is shown, and perhaps beyond it
};
ActivationNumbers activation_numbers(const ActivationCurves& curves);

// The same hypotheses and statistic with every kernel they can have, at the same samples.
struct KernelCurve {
  const LineKernel* kernel = nullptr;
  std::vector<double> value;
};
std::vector<KernelCurve> kernel_curves(const Snapshot& snapshot, const ActivationCurves& own);

// The activations of the other runs at the same step (or at their last one, if that is earlier), at the same
// samples. Runs with hypotheses of another kind or number are left out.
struct LaneCurve {
  const ComparedRun* lane = nullptr;
  std::vector<double> value;
};
std::vector<LaneCurve> lane_curves(const Snapshot& snapshot, const ActivationCurves& own);

// The largest |a(z) - f(z)| over what is shown, and where: over the samples, and of a named function between
// the neighbours of that sample too.
struct LargestDifference {
  double value = 0, z = 0;
};
LargestDifference largest_difference(const ActivationCurves& curves, const NamedFunction& function);
LargestDifference largest_difference(const ActivationCurves& curves, const std::vector<double>& other);

// A sentence on how the curve behaves far out, for signs whose activation is not a tanh; empty for all
// others.
std::string words_and_curve(const ActivationCurves& curves);

// "+" and "-" of signs, else the number, for names in formulas and in series.
std::string hypothesis_mark(const Hypotheses& h, std::size_t hypothesis);

}  // namespace iem
