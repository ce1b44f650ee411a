// Settings as people read them: "learning rate 0.05", "full", "no volume term".
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/config/config.h"

namespace iem {

// What a choice is called: its label, else its id in words.
std::string choice_in_words(const Parameter& parameter, const std::string& id);

std::string setting_in_words(const Parameter& parameter, const Value& value);

// The keys in which two configurations of a run differ, with the values of `of`. Keys that only change what
// is shown are left out, and so are those without effect in `of`. For configurations of different labs: every
// key that `of` sets.
std::vector<std::pair<std::string, Value>> differing_settings(const Config& of, const Config& from);

}  // namespace iem
