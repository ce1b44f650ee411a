// The inspector's numbers of the mixture, and the two arrows that coincide.
#pragma once

#include "core/labs/kit/inspection.h"
#include "core/labs/kit/lab.h"
#include "core/mixture/mixture.h"

namespace iem {

// `component`: the one whose formulas are written out; -1: that with the largest r.
Inspection inspect_point(const Snapshot& snapshot, int point, int component);
Inspection inspect_prototype(const Snapshot& snapshot, int j);

// The numbers computed from one point's energies, for the inspector and the phase strip.
struct PointNumbers {
  std::vector<double> d;
  std::vector<double> r;       // empty: the objective has no responsibilities
  std::vector<double> weight;  // exp(-d_j/tau); empty: a sparse responsibility is no quotient of such
  double z = 0;                // sum of the weights
  bool shifted = false;        // they would leave the range of doubles: weight is exp((least - d_j)/tau)
  double least = 0;            // of the energies
  double minus_l = 0;          // -L, the soft minimum of the energies
};
PointNumbers numbers_at(const Snapshot& snapshot, int point);

// d_j as the sum of the terms that the control panel's formula has.
NumberLine energy_terms(const Snapshot& snapshot, int point, int component);

// Whether EM's step of mean j is its gradient times preconditioner_tex(mean_step(model), j): not for medians,
// where no mean is learned, or for a component without points.
bool preconditions(const Snapshot& snapshot, int j);
// The step that results: -(N/N_j) Sigma_j dJ/dmu_j, with sum_i r_ij w_ij in place of N_j for radial energies
// other than the gaussian.
Eigen::Vector2d preconditioned_gradient(const Snapshot& snapshot, int j);

}  // namespace iem
