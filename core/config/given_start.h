// The keys of a start that a scene may give itself, for models that draw one otherwise.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/config/parameter.h"

namespace iem {

// A sentence that says why given values have no effect where model.init is not "explicit"; empty where they
// are read.
std::string only_for_explicit(const Config& config);

// model.init of a start of normal numbers, or as the scene says.
Parameter drawn_start_parameter();
// model.init_scale, the standard deviation of those numbers. With model.init = "explicit" it has no effect,
// unless `drawn`, which looks at the keys `by`, says that some numbers are drawn all the same.
Parameter drawn_scale_parameter(std::string help, double default_value, double slider_max,
                                std::function<bool(const Config&)> drawn, std::vector<std::string> by);

// The given start of one block, read with init = "explicit" only. `lacking`, which looks at the keys `by`,
// returns a sentence that says why a configuration has no such block, or an empty string where it has.
Parameter given_block_parameter(std::string key, std::string label, std::string help,
                                std::vector<std::int64_t> shape,
                                std::function<std::string(const Config&)> lacking = nullptr,
                                std::vector<std::string> by = {});

}  // namespace iem
