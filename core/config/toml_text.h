// A look at TOML text before the parser sees it. The parser keeps a hundred bytes and more of every value,
// and takes nested tables down recursively: what would make it use gigabytes or the whole stack is refused
// here, and long lists of numbers, which data are made of, are read here.
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
