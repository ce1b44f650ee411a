// The mixture lab's keys, and the model they describe.
#pragma once

#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/labs/mixture/model/mixture.h"
#include "core/run/snapshot.h"

namespace iem {

// All keys but those of what the figures show.
std::vector<Parameter> mixture_parameters();

inline const Mixture& mixture_of(const Snapshot& snapshot) {
  return static_cast<const Mixture&>(snapshot.model());
}

// What model.* says. Throws InputError where the numbers do not go together with the data (K > N).
MixtureOptions mixture_options(const Config& config, const Dataset& data);

}  // namespace iem
