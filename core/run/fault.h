// Finds what is not finite in a state.
#pragma once

#include <string>

#include "core/run/run.h"

namespace iem {

// The first quantity of a state that is not finite: a block of parameters by its name, in theta or in the
// shape users see ("covariances"), before "loss" before "gradient". Empty: all are finite.
std::string fault_of(const Model& model, const Theta& theta, const Evaluation& evaluation);

// The state itself is not finite (it began so, or an edit made it so): no step leads on from here, and
// divergence() has the state's own step.
bool is_broken(const Run& run);

// Where J is a mean over points, names the first point without a finite loss: "no energy of point 7, counted
// from 1, is finite". Empty where there is none.
std::string fault_point(const Model& model, const Theta& theta, double tau, const Dataset& data,
                        ThreadPool& pool);

}  // namespace iem
