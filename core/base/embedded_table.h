// The table that cmake/embed.cmake generates; read it through embedded.h.
#pragma once

#include <cstddef>
#include <string_view>

namespace iem {

struct EmbeddedEntry {
  std::string_view name;
  const std::byte* begin;
  const std::byte* end;
};

extern const EmbeddedEntry kEmbeddedEntries[];  // sorted by name
extern const std::size_t kEmbeddedEntryCount;

}  // namespace iem
