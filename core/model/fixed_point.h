// Where EM ends, and how fast it and gradient descent get there.
//
// Near a fixed point theta* of EM, theta -> EM(theta), a step of EM multiplies the error by the Jacobian
// D = dEM/dtheta and a step of gradient descent by 1 - eta H, where H is the Hessian of J. EM is a gradient
// step with a preconditioner P (Xu & Jordan 1996), so 1 - D = P H: comparing the spread of its eigenvalues
// with that of H shows what the preconditioner gains. The largest eigenvalue of D is the largest fraction of
// missing information (Dempster, Laird & Rubin 1977).
#pragma once

#include "core/model/model.h"

namespace iem {

struct FixedPoint {
  Theta theta;
  double loss = 0;       // J there
  bool reached = false;  // EM moves no entry by more than 1e-9 of its size any more
};

// EM repeated from `from`, with Newton steps on EM(theta) = theta where it is slow; `passes` bounds the work
// in evaluations over `data`. The model must have an EM step.
FixedPoint find_fixed_point(const Model& model, const Dataset& data, double tau, Theta from, double reg_covar,
                            Eigen::Index passes);

// Eigenvalues in ascending order: of H, and of P H = 1 - dEM/dtheta (real parts; at a minimum they are real).
// The learned entries only, and without the direction in which all logits grow alike, along which nothing
// changes. By central differences of the gradient and of the EM step: 4 evaluations an entry.
// Both are empty when nothing is learned.
struct Spectra {
  Eigen::VectorXd hessian, preconditioned;
};
Spectra spectra_at(const Model& model, const Dataset& data, double tau, const Theta& theta, double reg_covar);

// Largest eigenvalue over smallest; infinite when the smallest is not positive.
double condition_number(const Eigen::VectorXd& ascending);

// The number of evaluations `spectra_at` takes.
Eigen::Index spectra_passes(const Model& model);

}  // namespace iem
