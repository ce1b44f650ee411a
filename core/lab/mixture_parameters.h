// The mixture lab's keys, and the model they describe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/mixture.h"
#include "core/scene/config.h"

namespace iem {

// All keys: seeds, data, model, optimizer, schedule, view.
std::vector<Parameter> mixture_parameters();
std::vector<Parameter> mixture_view_parameters();      // mixture_view.cpp
std::vector<Parameter> mixture_learning_parameters();  // mixture_learning.cpp

// Why a key of these has no effect, in one sentence; empty: it has. Model::limit and the M-step move only
// covariances that are learned; temperature belongs to responsibilities.
std::string where_covariances_are_learned(const Config& config);
std::string where_there_is_temperature(const Config& config);

// What model.* says. Throws InputError where the numbers do not go together with the data (K > N).
MixtureOptions mixture_options(const Config& config, const Dataset& data);

// An entry of theta as view.landscape_x names it: "means[1][0]" (prototype 1, first coordinate),
// "covariances[0][2]" (an entry of W: log W_00, W_10, log W_11), "weights[2]" (a logit). Nothing when the
// name is not of this form.
struct LandscapeEntry {
  std::string block;
  Eigen::Index row = 0, column = 0;
};
std::optional<LandscapeEntry> read_landscape_entry(const std::string& name);

}  // namespace iem
