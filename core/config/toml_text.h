// Prepares TOML text for the parser. The parser keeps more than a hundred bytes for every value and destroys
// nested tables recursively. Text that would make it use gigabytes or the whole stack is therefore refused
// here, and the long lists of numbers of which data consist are read here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/config/value.h"

namespace iem {

struct LongList {
  SourcePosition at;  // of its opening bracket, as the parser counts: columns in letters, not in bytes
  Tensor numbers;
};

struct TomlText {
  std::string text;  // every long list is "[]" with its line ends inside; lines stay what they are
  std::vector<LongList> lists;
};

// `text` is UTF-8. Throws InputError for a key of too many parts, too many keys and values, and a long list
// in which something is no number.
TomlText prepare_toml(std::string_view text, const std::string& file);

}  // namespace iem
