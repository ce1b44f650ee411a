// The mixture lab's keys, and the model they describe.
#pragma once

#include "core/model/mixture.h"
#include "core/scene/config.h"

namespace iem {

// All keys: seeds, data, model, optimizer, schedule, view.
std::vector<Parameter> mixture_parameters();
std::vector<Parameter> mixture_view_parameters();  // mixture_view.cpp

// What model.* says. Throws InputError where the numbers do not go together with the data (K > N).
MixtureOptions mixture_options(const Config& config, const Dataset& data);

}  // namespace iem
