// The one line a failing call reports, for tests of messages; "" if it did not fail.
#pragma once

#include <string>

#include "core/base/error.h"

namespace iem {

template <class Call>
std::string error_of(Call call) {
  try {
    call();
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

}  // namespace iem
