// What --set, --at and sweeps take: "key.path=VALUE".
#pragma once

#include <string>

#include "core/config/value.h"

namespace iem {

struct Assignment {
  std::string key;
  Value value;
};

// TOML value syntax; a bare word is a string. Throws InputError, which names `where`.
Assignment parse_assignment(const std::string& text, const std::string& where);

}  // namespace iem
