// What runs are called, and how their settings are said.
#pragma once

#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/run/edit.h"

namespace iem {

// "Adam": what its learning rule is called.
std::string rule_label(const Config& config);

// "Adam, learning rate 0.05": settings as people read them, in this configuration.
std::string settings_in_words(const Config& config, const std::vector<Edit>& settings);

// The keys in which two configurations of a run differ, with the values of `of`; keys of what is shown do not
// count, nor those without effect there. Of different labs every key of `of` that is set.
std::vector<Edit> differences(const Config& of, const Config& from);

}  // namespace iem
