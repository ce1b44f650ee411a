// The results of the runs of a sweep, and the summary of the runs with one setting.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/model/evaluation.h"

namespace iem::cli {

struct SweepOutcome {
  bool begun = false;
  std::int64_t seed = 0, seed_init = 0, steps = 0;
  std::vector<double> numbers;  // loss, metrics of the model, with --reach the step that reached it, and
                                // metrics of the last state
  std::vector<double> ended;    // metrics that only the last state has
  std::string exit, hash;       // hash: of the last state
  std::string lost;             // how it became non-finite
  std::uint64_t state = 0;      // a hash of its last parameters
  std::string given;            // why no seed can make a difference; empty: one may
};

std::uint64_t hash_of_parameters(const Theta& theta);  // SweepOutcome::state

// Whether runs with several seeds all gave the same result, so that the seeds changed nothing.
bool seeds_change_nothing(std::span<const SweepOutcome> outcomes);

// `setting` says what they have in common, `names` what their numbers are.
std::string sweep_summary(std::string setting, const std::vector<std::string>& names,
                          std::span<const SweepOutcome> outcomes);

}  // namespace iem::cli
