#include "app/cli/page/page_file.h"

#include <algorithm>
#include <limits>
#include <memory>

#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/config/toml_values.h"
#include "core/data/table_reader.h"
#include "core/figure/furniture.h"
#include "core/session/session_file.h"

namespace iem::cli {
namespace {

constexpr std::size_t kLargestPageMib = 8, kMostPanels = 64;
constexpr std::int64_t kMostColumns = 12;
constexpr const char* kPanels = "panel";
// Furniture that each panel has for itself, and that all have in common.
constexpr std::string_view kOfPanel = "paper.letter", kOfPage = "paper.type_pt";

Parameter key(std::string name, ParameterKind kind, Value default_value) {
  Parameter p;
  p.key = std::move(name);
  p.kind = kind;
  p.default_value = std::move(default_value);
  return p;
}

Parameter words(std::string name) { return key(std::move(name), ParameterKind::text, std::string()); }

Parameter flag(std::string name, bool on) { return key(std::move(name), ParameterKind::boolean, on); }

Parameter count(std::string name, std::int64_t least, std::int64_t most, std::int64_t usual) {
  Parameter p = key(std::move(name), ParameterKind::integer, usual);
  p.min = static_cast<double>(least), p.max = static_cast<double>(most);
  return p;
}

Parameter length(std::string name, double least, double most, double usual) {
  Parameter p = key(std::move(name), ParameterKind::real, usual);
  p.min = least, p.max = most;
  return p;
}

Parameter theme_key() {
  Parameter p = key("theme", ParameterKind::choice, std::string("light"));
  p.choices = {"light", "dark", "print"};
  return p;
}

// The furniture of figures but one piece, which is not theirs to choose here, and what only a file of one
// figure has.
void add_furniture(std::vector<Parameter>& keys, std::string_view without) {
  for (const FurniturePiece& piece : furniture_pieces())
    if (piece.key.key != without && !piece.of_file) keys.push_back(piece.key);
}

std::shared_ptr<const ParameterTable> page_keys() {
  std::vector<Parameter> keys = {count("format", 1, 1, 1),
                                 words("title"),
                                 words("caption"),
                                 words("scene"),
                                 count("columns", 1, kMostColumns, 2),
                                 length("width_cm", 2, 200, 17),
                                 length("height_cm", 0, 200, 0),
                                 length("dpi", 20, 2400, 300),
                                 theme_key(),
                                 flag("transparent", false),
                                 flag("letters", true),
                                 flag("share.x", true),
                                 flag("share.y", true),
                                 flag("share.legend", true)};
  add_furniture(keys, kOfPanel);
  return std::make_shared<ParameterTable>(std::move(keys));
}

std::shared_ptr<const ParameterTable> panel_keys() {
  std::vector<Parameter> keys = {words("scene"),
                                 words("figure"),
                                 count("step", 0, kMostSteps, 0),
                                 count("seed", 0, std::int64_t{1} << 53, 0),
                                 count("columns", 1, kMostColumns, 1),
                                 length("height_cm", 1, 200, 1),
                                 theme_key(),
                                 flag("compare", false)};
  add_furniture(keys, kOfPage);
  return std::make_shared<ParameterTable>(std::move(keys));
}

// The tables of a page or of a panel, without those that belong to `set`.
bool is_table_of(const ParameterTable& keys, std::string_view name) {
  const std::string begins = std::string(name) + ".";
  return std::ranges::any_of(keys.all(), [&](const Parameter& p) { return p.key.starts_with(begins); });
}

InputError unknown_table(const TomlEntry& entry, std::string_view key,
                         const std::vector<std::string>& known) {
  const std::string near = nearest_word(key, known);
  return InputError(
      "unknown table [" + printable(entry.key) + "]" +
          (near.empty() ? ": there are " + listed_words(known, "and") : "; did you mean [" + near + "]?"),
      entry.key_at);
}

InputError unknown_key(const TomlEntry& entry, std::string_view key, const ParameterTable& table) {
  if (key == kOfPanel)
    return InputError("letter: every panel has its own, under [panel.paper]", entry.key_at);
  if (key == kOfPage) return InputError("type_pt: is one for the page, above under [paper]", entry.key_at);
  const std::string near = table.nearest(key);
  std::vector<std::string> known;
  for (const Parameter& p : table.all())
    if (p.key.find('.') == std::string::npos) known.push_back(p.key);
  return InputError(
      "unknown key " + printable(entry.key) +
          (near.empty() ? ": there are " + listed_words(known, "and") : "; did you mean " + near + "?"),
      entry.key_at);
}

void read_key(const TomlEntry& entry, std::string_view key, Config& keys,
              const std::vector<std::string>& tables) {
  const ParameterTable& table = keys.table();
  if (entry.is_table && is_table_of(table, key)) {
    if (!entry.is_list_of_tables) return;
    throw InputError(std::string(key) + ": there may be one such table only", entry.key_at);
  }
  const bool known = table.find(key) != nullptr;
  if (entry.is_table && known)
    throw InputError(std::string(key) + ": must be a value, not a table", entry.key_at);
  if (entry.is_table) throw unknown_table(entry, key, tables);
  if (!known) throw unknown_key(entry, key, table);
  if (entry.problem) throw InputError(*entry.problem);
  keys.set(std::string(key), entry.value, entry.value_at);
}

class PageReader {
 public:
  explicit PageReader(const std::string& file) : page_{file, Config("page", page_keys()), {}} {
    page_.keys.come_from(file);
  }

  void read(const TomlEntry& entry) {
    if (const auto place = key_in_list(kPanels, entry.key)) return read_of_panel(entry, *place);
    if (entry.key == kPanels && !entry.is_list_of_tables && !is_empty_list(entry))
      throw InputError("panel: must be tables, each under [[panel]]", entry.key_at);
    if (entry.key != kPanels) read_key(entry, entry.key, page_.keys, {"panel", "share", "paper"});
  }

  PageFile finished() {
    const SourcePosition top{page_.file, 1, 1};
    if (!page_.keys.is_set("format"))
      throw InputError("format is missing: a page begins with format = 1", top);
    if (page_.panels.empty())
      throw InputError("there is no panel: a page has at least one, under [[panel]]", top);
    for (const PagePanel& panel : page_.panels) check(panel);
    return std::move(page_);
  }

 private:
  static bool is_empty_list(const TomlEntry& entry) {
    const auto* list = std::get_if<Tensor>(&entry.value);
    return !entry.is_table && !entry.problem && list && list->data.empty();
  }

  void read_of_panel(const TomlEntry& entry, const std::pair<std::size_t, std::string_view>& place) {
    const auto& [index, key] = place;
    if (index >= kMostPanels)
      throw InputError("panel: there may be at most " + std::to_string(kMostPanels), entry.value_at);
    while (page_.panels.size() <= index) page_.panels.push_back({Config("panel", keys_), {}, {}});
    PagePanel& panel = page_.panels[index];
    if (key.empty()) {
      panel.at = entry.value_at;
      panel.keys.come_from(page_.file);
    } else if (!read_set(entry, key, panel.set)) {
      read_key(entry, key, panel.keys, {"set", "paper"});
    }
  }

  void check(const PagePanel& panel) const {
    if (panel.keys.text("figure").empty())
      throw InputError("figure is missing: the id of the figure that the panel shows", panel.at);
    if (panel.keys.text("scene").empty() && page_.keys.text("scene").empty())
      throw InputError("scene is missing: it stands in the panel, or above all panels", panel.at);
    if (panel.keys.integer("columns") > page_.keys.integer("columns"))
      throw panel.keys.error("columns", "the page has " + std::to_string(page_.keys.integer("columns")));
  }

  PageFile page_;
  std::shared_ptr<const ParameterTable> keys_ = panel_keys();
};

}  // namespace

PageFile read_page(std::string_view text, const std::string& file) {
  PageReader reader(file);
  for (const TomlEntry& entry : read_toml(text, file)) reader.read(entry);
  return reader.finished();
}

PageFile load_page(const std::string& path) { return read_page(read_file(path, kLargestPageMib), path); }

}  // namespace iem::cli
