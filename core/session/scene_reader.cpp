// Scene files. The lab's parameter table says which keys there are; this file only knows the keys that
// describe the scene itself.
#include <algorithm>
#include <array>
#include <filesystem>

#include "core/base/embedded.h"
#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/config/idle_keys.h"
#include "core/config/toml_values.h"
#include "core/data/source.h"
#include "core/data/table_reader.h"
#include "core/expression/expression.h"
#include "core/labs/registry.h"
#include "core/run/scene.h"
#include "core/session/compare_tables.h"
#include "core/session/scene_file.h"
#include "core/session/scene_groups.h"
#include "core/session/state_string.h"
#include "core/session/window_parts.h"

namespace iem {
namespace {

constexpr std::size_t kLargestSceneMib = 64;

bool is_of_head(const std::string& key) { return std::ranges::find(head_keys(), key) != head_keys().end(); }

std::string lab_ids() {
  std::string out;
  for (const Lab* lab : labs()) out += (out.empty() ? "" : ", ") + lab->id();
  return out;
}

const TomlEntry* find(const std::vector<TomlEntry>& entries, std::string_view key) {
  const auto found = std::ranges::find(entries, key, &TomlEntry::key);
  return found == entries.end() ? nullptr : &*found;
}

void check_format(const std::vector<TomlEntry>& entries, const std::string& file) {
  const TomlEntry* format = find(entries, "format");
  if (format == nullptr) throw InputError("format is missing: a scene begins with format = 1", {file, 1, 1});
  if (format->is_table || format->problem || format->value != Value(std::int64_t{1})) {
    const std::string message = "must be 1, the format this program reads";
    if (format->is_table || format->problem) throw InputError("format: " + message, format->value_at);
    throw value_error("format", format->value, message, format->value_at);
  }
}

const Lab& chosen_lab(const std::vector<TomlEntry>& entries, const std::string& file) {
  const TomlEntry* lab = find(entries, "lab");
  if (lab == nullptr) throw InputError("lab is missing: must be one of " + lab_ids(), {file, 1, 1});
  const auto* id = std::get_if<std::string>(&lab->value);
  if (id == nullptr) throw InputError("lab: must be a string, one of " + lab_ids(), lab->value_at);
  if (const Lab* known = find_lab(*id)) return *known;
  std::vector<std::string> ids;
  for (const Lab* each : labs()) ids.push_back(each->id());
  const std::string near = nearest_word(*id, ids);
  throw value_error("lab", lab->value,
                    "must be one of " + lab_ids() + (near.empty() ? "" : "; did you mean " + near + "?"),
                    lab->value_at);
}

// The tables a lab's keys stand in: "model" for "model.nu".
std::vector<std::string> table_names(const ParameterTable& table) {
  std::vector<std::string> names;
  for (const Parameter& parameter : table.all())
    for (auto dot = parameter.key.find('.'); dot != std::string::npos; dot = parameter.key.find('.', dot + 1))
      if (const std::string name = parameter.key.substr(0, dot);
          std::ranges::find(names, name) == names.end())
        names.push_back(name);
  return names;
}

void check_table(const TomlEntry& entry, const ParameterTable& table) {
  auto names = table_names(table);
  if (std::ranges::find(names, entry.key) != names.end()) {
    if (!entry.is_list_of_tables) return;
    throw InputError(entry.key + ": there may be one such table only", entry.key_at);
  }
  names.insert(names.end(), {"about", "compare"});
  if (table.find(entry.key) != nullptr || is_of_head(entry.key))
    throw InputError(entry.key + ": must be a value, not a table", entry.key_at);
  const std::string near = nearest_word(entry.key, names);
  throw InputError(
      "unknown table [" + printable(entry.key) + "]" + (near.empty() ? "" : "; did you mean [" + near + "]?"),
      entry.key_at);
}

// title, description, look_for, name: words about the scene. True if `entry` was one of them.
bool read_words(const TomlEntry& entry, Scene& scene) {
  std::string* words = entry.key == "title"         ? &scene.title
                       : entry.key == "description" ? &scene.description
                       : entry.key == "look_for"    ? &scene.look_for
                       : entry.key == "name"        ? &scene.called
                                                    : nullptr;
  if (words == nullptr) return false;
  const auto* text = std::get_if<std::string>(&entry.value);
  if (text == nullptr) throw value_error(entry.key, entry.value, "must be a string", entry.value_at);
  *words = *text;
  return true;
}

// conditions: a list of expressions. True if `entry` was it.
bool read_conditions(TomlEntry& entry, Scene& scene) {
  if (entry.key != "conditions") return false;
  if (const auto* none = std::get_if<Tensor>(&entry.value); none && none->data.empty()) return true;
  const auto* list = std::get_if<std::vector<std::string>>(&entry.value);
  if (list == nullptr)
    throw value_error(entry.key, entry.value, "must be a list of strings, an expression each",
                      entry.value_at);
  for (std::size_t i = 0; i < list->size(); ++i) try {
      (void)parse_expression((*list)[i]);
    } catch (const InputError& error) {
      throw InputError(
          "conditions[" + std::to_string(i) + "] = \"" + printable((*list)[i]) + "\": " + error.message(),
          entry.value_at);
    }
  scene.conditions = *list;
  return true;
}

void read_entry(TomlEntry& entry, Scene& scene) {
  const ParameterTable& table = scene.config.table();
  if (read_about(entry, scene.about)) return;
  if (entry.is_table) return check_table(entry, table);
  const bool known = table.find(entry.key) != nullptr;
  if (entry.problem && (known || is_of_head(entry.key))) throw InputError(*entry.problem);
  if (entry.key == "format" || entry.key == "lab" || read_words(entry, scene) ||
      read_conditions(entry, scene))
    return;
  if (!known && !table.first_in(entry.key))
    if (const std::string near = nearest_word(entry.key, head_keys()); !near.empty())
      throw InputError("unknown key " + printable(entry.key) + "; did you mean " + near + "?", entry.key_at);
  scene.config.set(entry.key, std::move(entry.value), known ? entry.value_at : entry.key_at);
}

Scene parse_keys(std::string_view text, const std::string& file, bool kept) {
  if (text.size() > kLargestSceneMib << 20)
    throw InputError("more than 64 MiB: too large for a scene", {file});
  auto entries = read_toml(text, file);
  check_format(entries, file);
  const Lab& lab = chosen_lab(entries, file);
  Scene scene{{}, {}, {}, {}, {}, Config(lab.id(), lab.parameters()), {}, &lab};
  scene.config.come_from(file);
  for (TomlEntry& entry : entries)
    if (!is_of_compare(entry.key)) read_entry(entry, scene);
  check_reduced_view(scene.config, lab);
  scene.compare = read_compare(entries, scene, kept);
  return scene;
}

// The scene for a table of points that is opened in place of a scene: a mixture of three components on
// standardised data.
Scene scene_of_table(const std::string& path, const DataSource& source) {
  const Lab& lab = *find_lab("mixture");
  Scene scene{{}, {}, {}, {}, {}, Config(lab.id(), lab.parameters()), {}, &lab};
  const std::filesystem::path file(path);
  scene.name = file.stem().string();
  scene.title = file.filename().string();
  scene.folder = file.parent_path().string();
  scene.config.come_from(path);
  const SourcePosition at{path};
  scene.config.set("data.source", source.id, at);
  scene.config.set("data.path", file.filename().string(), at);
  scene.config.set("data.standardise", true, at);
  scene.config.set("model.components", std::int64_t{3}, at);
  return scene;
}

Scene parse_named(std::string_view text, const std::string& file) {
  Scene scene = parse_keys(text, file, false);
  scene.problem->check_given(scene.config);
  return scene;
}

Scene named_after(const std::string& file, Scene scene) {
  const std::filesystem::path path(file);
  scene.name = path.stem().string();
  scene.folder = path.parent_path().string();
  return scene;
}

bool looks_like_a_path(const std::string& name) {
  std::error_code ignored;  // a name may be longer than any file's
  return name.find('/') != std::string::npos || name.ends_with(".toml") || source_reading(name) != nullptr ||
         std::filesystem::exists(name, ignored);
}

// Pictures that the program writes are no scenes, and these do not even hold one.
void refuse_picture(const std::string& path) {
  constexpr std::array<std::string_view, 4> kWithoutState = {".eps", ".gif", ".webp", ".mp4"};
  const std::string extension = lower_case(std::filesystem::path(path).extension().string());
  std::error_code ignored;
  if (std::ranges::find(kWithoutState, extension) != kWithoutState.end() &&
      std::filesystem::exists(path, ignored))
    throw InputError("there is no state string in this file: " + words_of_carriers() + " carry one", {path});
}

// A hint for a name that is no scene but may be a state string whose beginning is missing or whose version is
// unknown.
std::string hint_at_state_string(const std::string& name) {
  constexpr std::size_t kLongestName = 255;  // of a file
  const bool prefix = name.starts_with("iem") && name.find(':') <= 8;
  return prefix || name.size() > kLongestName ? " (a state string begins with iem1:)" : "";
}

}  // namespace

Scene parse_scene(std::string_view text, const std::string& file) {
  return named_after(file, parse_named(text, file));
}

Scene parse_kept_scene(std::string_view text, const std::string& file) {
  return named_after(file, parse_keys(text, file, true));
}

// In the order they are offered, the most vivid first; scenes that are not listed here follow.
std::vector<std::string> builtin_scenes() {
  std::vector<std::string> names = {"penguins", "old_faithful", "three_blobs", "moons",      "ring",
                                    "iris",     "anisotropic",  "two_bumps",   "routing_toy"};
  constexpr std::string_view kFolder = "scenes/", kExtension = ".toml";
  for (const std::string_view file : embedded_names(kFolder)) {
    if (!file.ends_with(kExtension)) continue;
    const std::string name(file.substr(kFolder.size(), file.size() - kFolder.size() - kExtension.size()));
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

namespace {

Scene scene_called(const std::string& path_or_name) {
  const auto names = builtin_scenes();
  if (std::ranges::find(names, path_or_name) != names.end()) {
    const std::string file = "scenes/" + path_or_name + ".toml";
    Scene scene = parse_named(embedded_text(file), file);
    scene.name = path_or_name;
    return scene;
  }
  if (!looks_like_a_path(path_or_name)) {
    if (const std::string hint = hint_at_state_string(path_or_name); !hint.empty())
      throw InputError("no scene, file or state string \"" + printable(path_or_name) + "\"" + hint);
    const std::string near = nearest_word(path_or_name, names);
    throw InputError("no scene or file \"" + printable(path_or_name) + "\"" +
                     (near.empty() ? "" : "; did you mean " + near + "?") +
                     " (`iemlab list scenes` lists the built-in ones)");
  }
  if (const DataSource* source = source_reading(path_or_name)) return scene_of_table(path_or_name, *source);
  refuse_picture(path_or_name);
  return parse_scene(read_file(path_or_name, kLargestSceneMib), path_or_name);
}

}  // namespace

Scene load_scene(const std::string& path_or_name) {
  Scene scene = scene_called(path_or_name);
  check_content(scene.config);
  refuse_idle_keys(scene.config);
  return scene;
}

}  // namespace iem
