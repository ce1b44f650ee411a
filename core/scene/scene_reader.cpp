// Scenes from TOML (contract.md section 1). The first thing that does not fit is reported with its place.
#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/base/embedded.h"
#include "core/data/table_reader.h"
#include "core/lab/lab.h"
#include "core/scene/scene.h"

namespace iem {
namespace {

constexpr std::size_t kLargestFile = std::size_t{64} << 20;

SourcePosition place(const toml::source_region& region, const std::string& file) {
  return {file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

// Nested arrays of numbers as one tensor; ragged nests are refused.
class TensorReader {
 public:
  TensorReader(const std::string& key, const std::string& file) : key_(key), file_(file) {}

  Tensor read(const toml::array& array) {
    collect(array, 0);
    return std::move(tensor_);
  }

 private:
  [[noreturn]] void fail(const toml::node& at, const std::string& message) const {
    throw InputError(key_ + ": " + message, place(at.source(), file_));
  }

  void collect(const toml::array& array, std::size_t depth) {
    if (depth > 4) fail(array, "lists are nested too deeply");
    const auto size = static_cast<std::int64_t>(array.size());
    if (tensor_.shape.size() == depth) {
      if (leaves_seen_) fail(array, "a list stands where a number was expected");
      tensor_.shape.push_back(size);
    } else if (tensor_.shape[depth] != size) {
      fail(array, "this list has " + std::to_string(size) + " entries, the ones before it " +
                      std::to_string(tensor_.shape[depth]));
    }
    for (const toml::node& node : array) {
      if (const toml::array* inner = node.as_array()) {
        collect(*inner, depth + 1);
        continue;
      }
      const auto number = node.value_exact<double>();
      const auto whole = node.value_exact<std::int64_t>();
      if (!number && !whole) fail(node, "must be a number");
      if (tensor_.shape.size() != depth + 1) fail(node, "a number stands where a list was expected");
      leaves_seen_ = true;
      tensor_.data.push_back(number ? *number : static_cast<double>(*whole));
      if (!std::isfinite(tensor_.data.back())) fail(node, "must be finite");
    }
  }

  const std::string& key_;
  const std::string& file_;
  Tensor tensor_;
  bool leaves_seen_ = false;
};

Value to_value(const toml::node& node, const std::string& key, const std::string& file) {
  if (const auto v = node.value_exact<bool>()) return *v;
  if (const auto v = node.value_exact<std::int64_t>()) return *v;
  if (const auto v = node.value_exact<double>()) return *v;
  if (const auto v = node.value_exact<std::string>()) return *v;
  const toml::array* array = node.as_array();
  if (!array) throw InputError(key + ": dates and times are not used here", place(node.source(), file));
  if (array->empty()) return Tensor{};
  if (!array->front().is_string()) return TensorReader(key, file).read(*array);
  std::vector<std::string> words;
  for (const toml::node& item : *array) {
    const auto word = item.value_exact<std::string>();
    if (!word) throw InputError(key + ": must be a list of strings", place(item.source(), file));
    words.push_back(*word);
  }
  return words;
}

// One table of the file, key by key, in the order of the text so that the first mistake is reported.
void read_table(const toml::table& table, const std::string& prefix, const std::string& file,
                Config& config) {
  std::vector<std::pair<const toml::key*, const toml::node*>> entries;
  for (const auto& [key, node] : table) entries.emplace_back(&key, &node);
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    const auto &p = a.first->source().begin, &q = b.first->source().begin;
    return std::pair(p.line, p.column) < std::pair(q.line, q.column);
  });
  for (const auto& [key, node] : entries) {
    const std::string name =
        prefix.empty() ? std::string(key->str()) : prefix + "." + std::string(key->str());
    if (prefix.empty() &&
        (name == "format" || name == "lab" || name == "title" || name == "description" || name == "look_for"))
      continue;
    if (const toml::table* inner = node->as_table()) {
      const bool known = std::any_of(config.table().all().begin(), config.table().all().end(),
                                     [&](const Parameter& p) { return p.key.starts_with(name + "."); });
      if (!known) throw InputError("[" + name + "]: unknown table", place(key->source(), file));
      read_table(*inner, name, file, config);
      continue;
    }
    config.set(name, to_value(*node, name, file), place(key->source(), file));
  }
}

std::string top_text(const toml::table& root, const char* key, const std::string& file) {
  const toml::node* node = root.get(key);
  if (!node) return "";
  const auto text = node->value_exact<std::string>();
  if (!text) throw InputError(std::string(key) + ": must be a string", place(node->source(), file));
  return *text;
}

const Lab& lab_of(const toml::table& root, const std::string& file) {
  const std::string id = top_text(root, "lab", file);
  std::string known;
  for (const Lab* lab : labs()) known += (known.empty() ? "" : ", ") + lab->id();
  if (const Lab* lab = find_lab(id)) return *lab;
  if (!root.get("lab")) throw InputError("lab is missing: must be one of " + known, {file, 1, 1});
  throw InputError("lab = \"" + id + "\": must be one of " + known, place(root.get("lab")->source(), file));
}

void require_format(const toml::table& root, const std::string& file) {
  const toml::node* node = root.get("format");
  if (!node) throw InputError("format is missing: must be 1", {file, 1, 1});
  if (node->value_exact<std::int64_t>() != 1)
    throw InputError("format: this program reads format 1", place(node->source(), file));
}

toml::table parse(std::string_view text, const std::string& file) {
  if (text.size() > kLargestFile) throw InputError("the file is larger than 64 MiB", {file, 0, 0});
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    throw InputError(std::string(error.description()), place(error.source(), file));
  }
}

}  // namespace

Scene parse_scene(std::string_view text, const std::string& file) {
  const toml::table root = parse(text, file);
  require_format(root, file);
  const Lab& lab = lab_of(root, file);
  Scene scene{std::filesystem::path(file).stem().string(),
              top_text(root, "title", file),
              top_text(root, "description", file),
              top_text(root, "look_for", file),
              std::filesystem::path(file).parent_path().string(),
              Config(lab.id(), lab.parameters())};
  read_table(root, "", file, scene.config);
  return scene;
}

Scene load_scene(const std::string& name) {
  const std::string embedded = "scenes/" + name + ".toml";
  const bool looks_like_path = name.find('/') != std::string::npos || name.ends_with(".toml");
  if (!looks_like_path && !embedded_file(embedded).empty()) {
    Scene scene = parse_scene(embedded_text(embedded), name + ".toml");
    scene.folder.clear();
    return scene;
  }
  std::error_code ignored;
  if (!looks_like_path && !std::filesystem::exists(name, ignored)) {
    const std::string near = nearest_word(name, builtin_scenes());
    throw InputError(name + ": no such file, and no built-in scene of this name" +
                     (near.empty() ? "" : "; did you mean " + near + "?") +
                     " (iemlab list scenes shows them)");
  }
  if (std::filesystem::file_size(name, ignored) > kLargestFile && !ignored)
    throw InputError("the file is larger than 64 MiB", {name, 0, 0});
  return parse_scene(read_file(name), name);
}

Assignment parse_assignment(const std::string& text, const std::string& where) {
  const std::size_t at = text.find('=');
  const auto fail = [&](const std::string& why) { return InputError(where + " " + text + ": " + why); };
  if (at == std::string::npos || at == 0) throw fail("must be key.path=VALUE");
  const std::string key = text.substr(0, at), value = text.substr(at + 1);
  if (value.find('\n') != std::string::npos) throw fail("must be one line");
  try {
    const toml::table table = toml::parse("value = " + value, where);
    if (table.size() == 1) return {key, to_value(*table.get("value"), key, where)};
  } catch (const toml::parse_error&) {
    // A bare word is a string; anything with the look of another value is a mistake.
    const bool bare = !value.empty() && value.find_first_of("[]{}\"'=,") == std::string::npos;
    if (bare) return {key, value};
  }
  throw fail("the value is not TOML");
}

}  // namespace iem
