#include <algorithm>

#include "core/run/scene.h"
#include "core/session/compare_tables.h"
#include "core/session/scene_file.h"
#include "core/session/scene_groups.h"

namespace iem {
namespace {

// Beyond this width a list of lists is written with one row on a line.
constexpr std::size_t kLongLine = 100;

std::string value_text(const Value& value) {
  std::string flat = to_toml(value);
  const auto* tensor = std::get_if<Tensor>(&value);
  if (flat.size() <= kLongLine || tensor == nullptr || tensor->shape.size() < 2) return flat;
  const auto rows = static_cast<std::size_t>(tensor->shape.front());
  const std::size_t width = tensor->data.size() / rows;
  std::string out = "[\n";
  for (std::size_t row = 0; row < rows; ++row) {
    const auto first = tensor->data.begin() + static_cast<std::ptrdiff_t>(row * width);
    out += "  " +
           to_toml(Tensor{{tensor->shape.begin() + 1, tensor->shape.end()},
                          {first, first + static_cast<std::ptrdiff_t>(width)}}) +
           ",\n";
  }
  return out + "]";
}

void write_words(const char* key, const std::string& words, std::string& out) {
  if (!words.empty()) out += std::string(key) + " = " + to_toml(words) + "\n";
}

}  // namespace

std::string write_scene(const Scene& scene) {
  std::string out = "format = 1\nlab = " + to_toml(scene.config.lab()) + "\n";
  write_words("title", scene.title, out);
  write_words("description", scene.description, out);
  write_words("look_for", scene.look_for, out);
  write_words("name", scene.called, out);
  if (!scene.conditions.empty()) out += "conditions = " + to_toml(scene.conditions) + "\n";

  // Keys in the order of the lab's table, which is that of the control panel; a table once opened takes all
  // its keys, because TOML allows no second header of the same name. Keys without a table come before the
  // first header.
  std::vector<std::string> tables = {""};
  const auto table_of = [](const std::string& key) {
    const auto dot = key.rfind('.');
    return dot == std::string::npos ? std::string() : key.substr(0, dot);
  };
  for (const Parameter& parameter : scene.config.table().all())
    if (std::ranges::find(tables, table_of(parameter.key)) == tables.end())
      tables.push_back(table_of(parameter.key));
  for (const std::string& table : tables) {
    bool opened = table.empty();
    for (const Parameter& parameter : scene.config.table().all()) {
      const std::string& key = parameter.key;
      if (table_of(key) != table || !scene.config.is_set(key)) continue;
      if (!opened) out += "\n[" + table + "]\n";
      opened = true;
      const std::string name = table.empty() ? key : key.substr(table.size() + 1);
      out += name + " = " + value_text(scene.config.value(key)) + "\n";
    }
  }
  return out + write_about(scene.about) + write_compare(scene.compare);
}

}  // namespace iem
