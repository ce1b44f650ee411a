#include "app/gui/controls/typed_value.h"

#include <algorithm>
#include <cmath>

#include "app/gui/controls/control_row.h"
#include "core/base/error.h"
#include "core/config/assignment.h"
#include "core/config/config.h"

namespace iem::gui {
namespace {

// What stands between "model.temperature = -1: " and the end.
std::string reason_alone(const std::string& message, const std::string& key) {
  const std::size_t at = message.starts_with(key) ? message.find(": ") : std::string::npos;
  return at == std::string::npos ? message : message.substr(at + 2);
}

bool is_a_number(const Parameter& p) {
  return p.kind == ParameterKind::real || p.kind == ParameterKind::integer;
}

// Throws InputError.
Value read_value(const Parameter& p, const std::string& text) {
  double number = 0;
  if (!is_a_number(p) || !parse_number(text, number)) return parse_assignment(p.key + "=" + text, "").value;
  constexpr double kLargestWhole = 9007199254740992.0;
  const bool whole =
      p.kind == ParameterKind::integer && number == std::round(number) && std::abs(number) <= kLargestWhole;
  return whole ? Value(static_cast<std::int64_t>(number)) : Value(number);
}

}  // namespace

TypedValue typed_value(const Parameter& parameter, const std::string& text) {
  try {
    return {.value = checked_value(parameter, read_value(parameter, text), {})};
  } catch (const InputError& error) {
    return {.illegal = reason_alone(error.message(), parameter.key)};
  }
}

// The reason that something is no number does not say which numbers there may be.
std::string refusal_words(const Parameter& parameter, const std::string& text) {
  const std::string why = typed_value(parameter, text).illegal;
  std::string out = parameter.label + ": " + (why.starts_with(text) ? why : text + " " + why);
  double number = 0;
  const std::string legal = describe(range_of(parameter));
  if (!parse_number(text, number) && !legal.empty()) out += " (" + legal + ")";
  return out + ".";
}

}  // namespace iem::gui
