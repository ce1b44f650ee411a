// Keys that another key switches off: nu under a gaussian energy, means without an explicit start.
//
// Where somebody says such a key with another value than its default (in a scene file, --set, --at) it is
// refused: they expect something of it that will not happen. What was said once and is switched off later, by
// another rule or energy chosen over a scene or in the window, is kept and comes back with its switch. So
// sessions and state strings, which hold what was kept, are never refused for it.
#pragma once

#include <string>
#include <string_view>

#include "core/config/config.h"

namespace iem {

// Set to another value than its default, and without effect.
bool is_idle(const Config& config, std::string_view key);

// Says of an idle key what switches it off and what would not: "has no effect with model.energy = "gaussian";
// it has with "student_t"".
std::string idle_sentence(const Config& config, std::string_view key);

// Throws InputError, at the place where it was set, when the key is idle; it must be one of the lab's.
void refuse_idle(const Config& config, std::string_view key);
// Of all keys that are set: the first in the order of the file.
void refuse_idle_keys(const Config& config);

}  // namespace iem
