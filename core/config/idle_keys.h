// Keys that another key switches off: nu under a gaussian energy, means without an explicit start.
//
// Where such a key is given another value than its default (in a scene file, by --set or --at) it is refused:
// the author expects an effect that it will not have. A value that had an effect once and is switched off
// later, by another rule or energy chosen over a scene or in the window, is kept and comes back with its
// switch. Sessions and state strings hold such values and are therefore never refused because of them.
#pragma once

#include <string>
#include <string_view>

#include "core/config/config.h"

namespace iem {

// Whether the key is set to another value than its default and has no effect.
bool is_idle(const Config& config, std::string_view key);

// The sentence that says what switches an idle key off and what would switch it on: "has no effect with
// model.energy = "gaussian"; it has with "student_t"".
std::string idle_sentence(const Config& config, std::string_view key);

// Throws InputError, at the place where it was set, when the key is idle; it must be one of the lab's.
void refuse_idle(const Config& config, std::string_view key);
// Does the same for all keys that are set, and refuses the first idle one in the order of the file.
void refuse_idle_keys(const Config& config);

}  // namespace iem
