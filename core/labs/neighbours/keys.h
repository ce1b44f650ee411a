// The keys of the neighbours lab: the choice of the toy, those that every toy reads, and those that each
// declares.
#pragma once

#include <vector>

#include "core/config/parameter.h"

namespace iem {

std::vector<Parameter> neighbours_parameters();
// Throws InputError where model.learn names a block that the toy does not have.
void check_learned_blocks_of_toy(const Config& config);
std::vector<Parameter> neighbours_stage_parameters();

}  // namespace iem
