// All labs, and the bridges between them. Adding one: its room, and one line in registry.cpp.
#pragma once

#include <string>
#include <vector>

#include "core/labs/kit/bridge.h"
#include "core/labs/kit/lab.h"

namespace iem {

const std::vector<const Lab*>& labs();       // in the order of their tabs
const Lab* find_lab(const std::string& id);  // null when unknown

const std::vector<const Bridge*>& bridges();

}  // namespace iem
