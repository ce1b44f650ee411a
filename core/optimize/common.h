// Declarations of optimizer.* keys that several rules read.
#pragma once

#include "core/optimize/optimizer.h"

namespace iem {

Parameter learning_rate_parameter();
Parameter reg_covar_parameter();

inline std::string always_available(const Model&) { return ""; }
inline std::string where_em_is_available(const Model& model) { return model.em_unavailable(); }

}  // namespace iem
