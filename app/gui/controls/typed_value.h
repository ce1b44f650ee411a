// A value of a setting as somebody types it, and why it cannot be taken.
#pragma once

#include <optional>
#include <string>

#include "core/config/parameter.h"
#include "core/config/value.h"

namespace iem::gui {

struct TypedValue {
  std::optional<Value> value;  // none: it is not legal
  std::string illegal;         // why not: "must be greater than 0"
};

// Numbers are read as rows of the controls read them, and everything else as --set does.
TypedValue typed_value(const Parameter& parameter, const std::string& text);

// A sentence for what was typed and is not legal: what is allowed instead.
std::string refusal_words(const Parameter& parameter, const std::string& text);

}  // namespace iem::gui
