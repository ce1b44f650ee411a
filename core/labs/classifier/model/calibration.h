// Temperature scaling (Guo et al. 2017): the temperature at which the responsibilities predict held-out
// labels best. It is shown and never applied.
#pragma once

#include "core/labs/classifier/model/classifier.h"

namespace iem {

// Computed from the labelled points among those held out, or from all labelled points where none are held
// out.
struct TemperatureScaling {
  double temperature = 1;  // T > 0 with the lowest mean of -log softmax(-d/T)_y, by golden section on log T
  double before = 0, after = 0;  // that mean at the run's temperature, and at T
  // The means of d_y and of E_r[d] at T: their difference, the derivative by 1/T, is 0 there.
  double label_energy = 0, expected_energy = 0;
  bool held_out = false;
  bool inside = false;  // false: the best T lies outside [1/1000, 1000]
};

// One sentence why there is no such temperature; empty where there is.
std::string scaling_unavailable(const Classifier& model, const Dataset& data);
TemperatureScaling scale_temperature(const Classifier& model, const Theta& theta, double tau,
                                     const Dataset& data);

}  // namespace iem
