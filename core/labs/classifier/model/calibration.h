// Temperature scaling (Guo et al. 2017): the temperature at which responsibilities would be least wrong about
// labels nothing was learned from. Shown, never applied.
#pragma once

#include "core/labs/classifier/model/classifier.h"

namespace iem {

// Of points with a label: those held out, or all where none are.
struct TemperatureScaling {
  double temperature = 1;  // T > 0 with the lowest mean of -log softmax(-d/T)_y, by golden section on log T
  double before = 0, after = 0;  // that mean at the run's temperature, and at T
  // There the derivative by 1/T, the mean of d_y - E_r[d], is 0.
  double label_energy = 0, expected_energy = 0;
  bool held_out = false;
  bool inside = false;  // false: the best one lies beyond 1/1000 or 1000
};

// One sentence why there is none; empty: there is.
std::string scaling_unavailable(const Classifier& model, const Dataset& data);
TemperatureScaling scale_temperature(const Classifier& model, const Theta& theta, double tau,
                                     const Dataset& data);

}  // namespace iem
