// A learning rule's formula as a lab's panel shows it, with what its settings add.
#pragma once

#include <string>

#include "core/config/config.h"

namespace iem {

// `tex` is the update of `parameter` ("\\theta") by the configured rule. With weight decay the gradient
// dJ/dtheta in it is replaced by dJ/dtheta + omega theta, unless the rule's formula contains its decay
// already.
std::string with_decay(std::string tex, const Config& config, const std::string& parameter);

}  // namespace iem
