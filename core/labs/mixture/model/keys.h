// The mixture lab's keys, and the model they describe.
#pragma once

#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/mixture/mixture.h"
#include "core/run/snapshot.h"

namespace iem {

// All keys but those of what the figures show.
std::vector<Parameter> mixture_parameters();
std::vector<Parameter> mixture_learning_parameters();  // learning.cpp

// Why a key of these has no effect, in one sentence; empty: it has. Model::project and the M-step move only
// covariances that are learned; temperature belongs to responsibilities.
std::string where_covariances_are_learned(const Config& config);
std::string where_there_is_temperature(const Config& config);

inline const Mixture& mixture_of(const Snapshot& snapshot) {
  return static_cast<const Mixture&>(snapshot.model());
}

// What model.* says. Throws InputError where the numbers do not go together with the data (K > N).
MixtureOptions mixture_options(const Config& config, const Dataset& data);

}  // namespace iem
