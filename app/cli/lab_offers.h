// The entries of the shared registries that a lab offers.
#pragma once

#include <string>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem::cli {

// The values of model.energy; none where the lab has no such key.
std::vector<std::string> energies_of(const Lab& lab);

// The learning rules that fit some model of the lab: the default one or one that differs from it in one
// choice.
std::vector<std::string> rules_of(const Lab& lab);

}  // namespace iem::cli
