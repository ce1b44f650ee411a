// The derivation in words: for each of its five steps the formula, and the same with the numbers at the
// probe.
#pragma once

#include <string>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

std::vector<DerivationStep> derivation_steps(const Snapshot& snapshot, const View& view);

// Sentences below the steps: how the curve behaves far out, and what the scene says to look for (`lesson`). A
// lesson about learning is left out where nothing can be learned any more.
std::vector<std::string> derivation_remarks(const Snapshot& snapshot, const View& view,
                                            const std::string& lesson);

// Both, and the figure they belong to.
const Derivation& activation_derivation();

}  // namespace iem
