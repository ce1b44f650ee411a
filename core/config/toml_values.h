// Between TOML text and values: the only place that sees toml++, which is slow to compile.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/config/value.h"

namespace iem {

// One entry of a TOML document under its full dotted key: a value, or a table whose own keys follow as
// further entries. A list of tables is an entry too, and so is each table in it: "compare[0]",
// "compare[0].name".
struct TomlEntry {
  std::string key;
  SourcePosition key_at, value_at;
  bool is_table = false, is_list_of_tables = false;
  Value value = false;
  // Why the value is of no kind that Value holds (a date, a ragged list, a number that is not finite), at the
  // place within it. It is kept instead of thrown so that the first mistake of a file is the one reported.
  std::optional<InputError> problem;
};

// The entries in the order in which they stand in the text. Throws InputError for what is not TOML 1.0 in
// UTF-8.
std::vector<TomlEntry> read_toml(std::string_view text, const std::string& file);

}  // namespace iem
