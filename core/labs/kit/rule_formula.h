// A learning rule's formula as a lab's panel shows it, with what its settings add.
#pragma once

#include <string>

#include "core/config/config.h"

namespace iem {

// `tex` is what the configured rule does to `parameter` ("\\theta"). A gradient that weight decay pulls
// towards zero is dJ/dtheta + omega theta in its place; adamw says it itself.
std::string with_decay(std::string tex, const Config& config, const std::string& parameter);

}  // namespace iem
