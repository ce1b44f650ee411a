// The keys of the neighbours lab: which toy it is, what every toy reads, and what each declares.
#pragma once

#include <vector>

#include "core/config/parameter.h"

namespace iem {

std::vector<Parameter> neighbours_parameters();
std::vector<Parameter> neighbours_stage_parameters();

}  // namespace iem
