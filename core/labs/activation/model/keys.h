// The keys of the activation lab, and the options of its model that they set.
#pragma once

#include "core/config/config.h"
#include "core/labs/activation/model/line_model.h"

namespace iem {

std::vector<Parameter> activation_parameters();

std::vector<Parameter> activation_learning_parameters();  // learning.cpp

// One sentence why these hypotheses have no objective; empty where they have a density. The second function
// lists the keys that this depends on.
std::string where_there_is_a_density(const Config& config);
std::vector<std::string> keys_of_a_density();

// Throws InputError at the key that does not fit.
LineOptions line_options(const Config& config);

// Throws InputError where positions, weights, widths or values are not as many as there are prototypes.
void check_given_prototypes(const Config& config);

// `start` with the places and priors that `old` has; of further prototypes there are data points instead,
// drawn with `init`.
LineNatural carried_over(const LineNatural& old, LineNatural start, const Dataset& data, Random& init);

// Where a run begins. Prototypes beyond those whose positions are given start from data points, drawn with
// `init`.
LineNatural line_start(const Config& config, const LineModel& model, const Dataset& data, Random& init);

Statistic statistic_of(const Config& config);

// The values of z at which curves are sampled: view.samples of them from one end of view.z to the other.
std::vector<double> sampled_z(const Config& view);

}  // namespace iem
