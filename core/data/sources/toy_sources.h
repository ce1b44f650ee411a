// What the toys of the neighbours lab know of the sources they are made for.
#pragma once

#include <array>

#include "core/data/source.h"

namespace iem {

// Evidence: where a thing may be, and how many noisy observations an episode has. A row holds those of one
// episode, its label says which place is the true one.
inline constexpr std::array<double, 3> kPlaces = {-1.5, 0.0, 1.5};
inline constexpr int kObservations = 12;

// Groups: weights of inputs that come in groups, of which two count unless data.strengths says others. A row
// holds the inputs, then the output.
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
