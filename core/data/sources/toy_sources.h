// Constants that the sources for the neighbours lab share with its toys.
#pragma once

#include <array>

#include "core/data/source.h"

namespace iem {

// Evidence: the places where an object may be, and the number of noisy observations in an episode. A row
// holds the observations of one episode; its label is the index of the true place.
inline constexpr std::array<double, 3> kPlaces = {-1.5, 0.0, 1.5};
inline constexpr int kObservations = 12;

// Groups: inputs that come in groups, of which two have an influence on the output unless data.strengths says
// otherwise. A row holds the inputs, then the output.
inline constexpr int kGroups = 10, kGroupSize = 4, kGroupedInputs = kGroups * kGroupSize;
inline constexpr const char* kStrengthsKey = "data.strengths";
// The weights of a group of strength 1.
std::array<double, kGroupSize> group_direction(int group);
std::array<double, kGroupedInputs> true_group_weights(const Config& config);

DataSource evidence_source();
DataSource groups_source();
// Rows (x_1, x_2, y) of which y follows x_1 alone.
DataSource one_wave_source();

}  // namespace iem
