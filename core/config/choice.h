// The value of a choice as an enum.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/check.h"
#include "core/config/config.h"

namespace iem {

// `names` are the names of the values of Enum in its order; the choices of the key are among them.
template <class Enum>
Enum choice_of(const Config& config, const std::string& key, const std::vector<std::string>& names) {
  const auto found = std::ranges::find(names, config.text(key));
  IEM_CHECK(found != names.end());
  return static_cast<Enum>(found - names.begin());
}

}  // namespace iem
