// A derived activation as code to paste: NumPy, PyTorch, C++ and LaTeX. The parameters are written with all
// their digits; the code gives the curve's values to rounding.
#pragma once

#include <string>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

// Ids of Lab::code: "numpy", "pytorch", "cpp", "latex".
const std::vector<CodeType>& activation_code_types();
std::string activation_code(const std::string& id, const Snapshot& snapshot);

}  // namespace iem
