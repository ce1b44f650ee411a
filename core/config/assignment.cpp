// "key.path=VALUE", as --set, --at and sweeps take it.
#include <algorithm>

#include "core/base/utf8.h"
#include "core/config/assignment.h"
#include "core/config/toml_values.h"

namespace iem {
namespace {

bool is_key(std::string_view key) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  };
  return !key.empty() && std::ranges::all_of(key, plain);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// A string whose quotes the shell has removed: any text that does not begin with one of TOML's brackets or
// quotes.
bool is_bare_word(std::string_view text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  return std::string_view("\"'[{").find(text.front()) == std::string_view::npos &&
         std::ranges::none_of(text, control) && invalid_utf8(text) == text.size();
}

}  // namespace

Assignment parse_assignment(const std::string& text, const std::string& where) {
  const std::size_t equals = text.find('=');
  const std::string key(trimmed(std::string_view(text).substr(0, equals)));
  if (equals == std::string::npos || !is_key(key))
    throw InputError("\"" + printable(text) + "\": must be key.path=VALUE", {where});
  const std::string_view value = trimmed(std::string_view(text).substr(equals + 1));
  if (value.empty()) throw InputError(printable(key) + ": a value must follow the =", {where});

  std::vector<TomlEntry> entries;
  try {
    entries = read_toml("v = " + std::string(value) + "\n", where);
  } catch (const InputError& error) {
    if (is_bare_word(value)) return {key, std::string(value)};
    throw InputError(printable(key) + " = " + printable(value) + ": " + error.message(), {where});
  }
  if (entries.size() != 1 || entries.front().is_table)
    throw InputError(printable(key) + " = " + printable(value) + ": must be one value, not a table", {where});
  if (entries.front().problem) {
    std::string message = entries.front().problem->message();
    message.replace(0, 1, printable(key));  // "v: ..." names our stand-in
    throw InputError(message, {where});
  }
  return {key, entries.front().value};
}

}  // namespace iem
