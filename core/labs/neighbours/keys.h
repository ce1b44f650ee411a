// The keys of the neighbours lab: which toy it is, what every toy reads, and what each declares.
#pragma once

#include <vector>

#include "core/config/parameter.h"

namespace iem {

std::vector<Parameter> neighbours_parameters();
// Throws InputError where model.learn names what the toy does not have.
void check_learned_blocks_of_toy(const Config& config);
std::vector<Parameter> neighbours_stage_parameters();

}  // namespace iem
