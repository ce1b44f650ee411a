// What labs offer: entries of the shared registries, and words.
#pragma once

#include <string>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem::cli {

// The values of model.energy; none where the lab has no such key.
std::vector<std::string> energies_of(const Lab& lab);

// The learning rules that fit some model of the lab: the default one or one that differs from it in one
// choice.
std::vector<std::string> rules_of(const Lab& lab);

// What a shell offers, of all labs: their ids; and what they name, each once and with "=" behind it, for
// completing ID=FILE and KEY=VALUE.
std::vector<std::string> lab_ids();
std::vector<std::string> figures_begun();
std::vector<std::string> dumps_begun();
std::vector<std::string> languages_begun();
std::vector<std::string> keys_begun();

}  // namespace iem::cli
