// Errors of what a file asks for, said at the place where it asks.
#pragma once

#include <string>

#include "core/base/error.h"

namespace iem {

// Errors that have a line of a file of their own: said at `at` too, with that place in their words, or left
// as they are.
enum class OwnPlace : unsigned char { in_words, kept };

// Calls `act`; an InputError of it is said at this place, behind `what`.
template <class Act>
auto at_place(const SourcePosition& at, const std::string& what, const Act& act,
              OwnPlace own = OwnPlace::in_words) {
  try {
    return act();
  } catch (const InputError& error) {
    if (own == OwnPlace::kept && error.at().line > 0) throw;
    const bool in_a_file = !error.at().file.empty();
    throw InputError(what + (in_a_file ? error.what() : error.message()), at, error.kind());
  }
}

}  // namespace iem
