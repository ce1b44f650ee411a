// The keys of a start that a scene may give itself, for models that draw one otherwise.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/config/parameter.h"

namespace iem {

// One sentence where model.init is not "explicit"; empty: given values are read.
std::string only_for_explicit(const Config& config);

// model.init of a start of normal numbers, or as the scene says.
Parameter drawn_start_parameter();
// model.init_scale, the deviation of those numbers; none where `drawn` says that all are given.
Parameter drawn_scale_parameter(std::string help, double default_value, double slider_max,
                                std::function<bool(const Config&)> drawn, std::vector<std::string> by);

// The given start of one block. Besides init = "explicit" it may need what `lacking` says, which looks at the
// keys `by`: one sentence why there is no such block, or an empty one.
Parameter given_block_parameter(std::string key, std::string label, std::string help,
                                std::vector<std::int64_t> shape,
                                std::function<std::string(const Config&)> lacking = nullptr,
                                std::vector<std::string> by = {});

}  // namespace iem
