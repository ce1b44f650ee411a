#include "tests/support/settings_toml.h"

namespace iem::test {
namespace {

using Settings = nlohmann::ordered_json;

// Values of JSON are values of TOML, but for tables. Keys in full: model.nu = 4.0
void add(const Settings& table, const std::string& before, std::string& out, const std::string& between) {
  for (const auto& [key, value] : table.items()) {
    if (before.empty() && key == "compare") continue;
    if (value.is_object()) {
      add(value, before + key + ".", out, between);
    } else {
      const bool more = !out.empty() && between != "\n";
      out += (more ? between : "") + before + key + " = " + value.dump() + (between == "\n" ? "\n" : "");
    }
  }
}

}  // namespace

std::string scene_of_settings(const Settings& settings) {
  std::string out;
  add(settings, "", out, "\n");
  if (!settings.contains("compare")) return out;
  for (const Settings& run : settings["compare"]) {
    out += "\n[[compare]]\n";
    for (const auto& [key, value] : run.items()) {
      std::string set;
      if (key == "set") add(value, "", set, ", ");
      out += key + " = " + (key == "set" ? "{ " + set + " }" : value.dump()) + "\n";
    }
  }
  return out;
}

}  // namespace iem::test
