#include "core/base/embedded.h"

#include <algorithm>

#include "core/base/embedded_table.h"

namespace iem {
namespace {

std::span<const EmbeddedEntry> entries() { return {kEmbeddedEntries, kEmbeddedEntryCount}; }

}  // namespace

std::span<const std::byte> embedded_file(std::string_view name) {
  const auto found = std::ranges::lower_bound(entries(), name, {}, &EmbeddedEntry::name);
  if (found == entries().end() || found->name != name) return {};
  return {found->begin, found->end};
}

std::string_view embedded_text(std::string_view name) {
  const auto bytes = embedded_file(name);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::vector<std::string_view> embedded_names(std::string_view prefix) {
  std::vector<std::string_view> names;
  for (const EmbeddedEntry& entry : entries())
    if (entry.name.starts_with(prefix)) names.push_back(entry.name);
  return names;
}

}  // namespace iem
