// The mixture lab's keys, and the model they describe.
#pragma once

#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/mixture/mixture.h"
#include "core/run/snapshot.h"

namespace iem {

// All keys except those of the figures.
std::vector<Parameter> mixture_parameters();
std::vector<Parameter> mixture_learning_parameters();  // learning.cpp

// One sentence why keys of covariances, or of the temperature, have no effect; empty where they have.
// Model::project and the M-step change only learned covariances; the temperature acts through
// responsibilities.
std::string where_covariances_are_learned(const Config& config);
std::string where_there_is_temperature(const Config& config);

inline const Mixture& mixture_of(const Snapshot& snapshot) {
  return static_cast<const Mixture&>(snapshot.model());
}

// The options that model.* gives. Throws InputError where they contradict the data (K > N).
MixtureOptions mixture_options(const Config& config, const Dataset& data);

}  // namespace iem
