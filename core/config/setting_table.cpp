#include "core/config/setting_table.h"

#include <charconv>

#include "core/base/utf8.h"

namespace iem {
namespace {

constexpr std::string_view kSet = "set.";

}  // namespace

std::string set_key(std::string_view key) {
  if (!key.starts_with(kSet)) return {};
  key.remove_prefix(kSet.size());
  if (key.size() > 2 && key.front() == '"' && key.back() == '"') key = key.substr(1, key.size() - 2);
  return std::string(key);
}

bool read_set(const TomlEntry& entry, std::string_view key, std::vector<SaidSetting>& set) {
  if (key == "set" && entry.is_table && !entry.is_list_of_tables) return true;
  if (key == "set")
    throw InputError("set: must be a table of keys and values, { \"model.temperature\" = 1.0 }",
                     entry.value_at);
  const std::string setting = set_key(key);
  if (setting.empty()) return false;
  if (entry.is_list_of_tables)
    throw InputError(printable(setting) + ": must be a value, not a list of tables", entry.value_at);
  if (entry.is_table) return true;  // model, of set.model.temperature
  if (entry.problem) throw InputError(*entry.problem);
  set.push_back({setting, entry.value, entry.value_at});
  return true;
}

std::optional<std::pair<std::size_t, std::string_view>> key_in_list(std::string_view list,
                                                                    std::string_view key) {
  if (!key.starts_with(list) || !key.substr(list.size()).starts_with('[')) return {};
  key.remove_prefix(list.size() + 1);
  std::size_t table = 0;
  const char* end = std::from_chars(key.data(), key.data() + key.size(), table).ptr;
  key.remove_prefix(static_cast<std::size_t>(end - key.data()));
  if (!key.starts_with(']')) return {};
  key.remove_prefix(1);
  if (key.starts_with('.')) key.remove_prefix(1);
  return std::pair{table, key};
}

}  // namespace iem
