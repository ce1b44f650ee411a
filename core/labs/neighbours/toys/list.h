// The toys, in the order they are offered. Adding one: its files in this room, and its line in list.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "core/labs/neighbours/kit/toy.h"

namespace iem {

const std::vector<ToyType>& toys();
const ToyType& toy_in(const Config& config);  // that model.toy names

}  // namespace iem
