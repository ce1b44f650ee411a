// Tables of keys and values inside a file: set = { "model.temperature" = 1.0 }, also with dotted keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/config/toml_values.h"

namespace iem {

// A key with the value that it is set to.
struct SaidSetting {
  std::string key;
  Value value;
  SourcePosition at;  // of the value
};

// "model.temperature" of set.model.temperature, and of set."model.temperature"; empty where the key is of no
// table `set`.
std::string set_key(std::string_view key);

// Adds what `entry` says of the table `set`, where `key` is the entry's key in its own table; false where it
// is of another key. Throws InputError for what is neither a value nor a table of values.
bool read_set(const TomlEntry& entry, std::string_view key, std::vector<SaidSetting>& set);

// "panel[3].set.seed" of the list of tables "panel" as 3 and "set.seed"; the key is empty for the table
// itself. Nothing where the entry is of no table of this list.
std::optional<std::pair<std::size_t, std::string_view>> key_in_list(std::string_view list,
                                                                    std::string_view key);

}  // namespace iem
