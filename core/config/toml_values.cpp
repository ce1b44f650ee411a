#include "core/config/toml_values.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/base/utf8.h"
#include "core/config/toml_parser.h"
#include "core/config/toml_text.h"

namespace iem {
namespace {

SourcePosition position(const toml::source_region& region, const std::string& file) {
  return {file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

SourcePosition position_of_byte(std::string_view text, std::size_t offset, const std::string& file) {
  const auto before = text.substr(0, offset);
  const auto line = 1 + std::ranges::count(before, '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {file, static_cast<int>(line), static_cast<int>(offset - line_start + 1)};
}

class NodeReader {
 public:
  explicit NodeReader(const std::string& file) : file_(file) {}

  Value value(const toml::node& node) const {
    if (const auto* flag = node.as_boolean()) return flag->get();
    if (const auto* number = node.as_integer()) return number->get();
    if (node.is_floating_point()) return real(node);
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* list = node.as_array()) return array(*list);
    throw error(node, "dates and times have no meaning here");
  }

 private:
  InputError error(const toml::node& node, const std::string& message) const {
    return InputError(message, position(node.source(), file_));
  }

  double real(const toml::node& node) const {
    if (const auto* number = node.as_integer()) return static_cast<double>(number->get());
    const auto* number = node.as_floating_point();
    if (number == nullptr) throw error(node, "a list holds either numbers, lists of numbers, or strings");
    if (!std::isfinite(number->get())) throw error(node, to_toml(number->get()) + ": numbers must be finite");
    return number->get();
  }

  Value array(const toml::array& list) const {
    if (!list.empty() && list.front().is_string()) return words(list);
    Tensor tensor;
    collect(list, 0, tensor);
    return tensor;
  }

  std::vector<std::string> words(const toml::array& list) const {
    std::vector<std::string> out;
    for (const auto& node : list) {
      if (!node.is_string()) throw error(node, "a list holds either numbers, lists of numbers, or strings");
      out.push_back(node.as_string()->get());
    }
    return out;
  }

  // Appends the numbers of `list`, which lies `axis` lists deep. The first list at each depth fixes the shape
  // there.
  void collect(const toml::array& list, std::size_t axis, Tensor& tensor) const {
    const auto length = static_cast<std::int64_t>(list.size());
    if (axis == tensor.shape.size() && tensor.data.empty()) tensor.shape.push_back(length);
    if (axis >= tensor.shape.size()) throw error(list, "a list of numbers where a number stands before");
    if (tensor.shape[axis] != length) throw ragged(list, axis, tensor);
    for (const auto& node : list) {
      if (const auto* inner = node.as_array()) {
        collect(*inner, axis + 1, tensor);
      } else {
        const double number = real(node);
        if (axis + 1 != tensor.shape.size())
          throw error(node, "a number where a list of numbers stands before");
        tensor.data.push_back(number);
      }
    }
  }

  InputError ragged(const toml::array& list, std::size_t axis, const Tensor& tensor) const {
    std::vector<std::int64_t> here(tensor.shape.begin() + static_cast<std::ptrdiff_t>(axis),
                                   tensor.shape.end());
    const std::string before = shape_text(here);
    here.front() = static_cast<std::int64_t>(list.size());
    return error(list,
                 "ragged list: this one has shape " + shape_text(here) + ", the ones before it " + before);
  }

  const std::string& file_;
};

// toml++ keeps the keys of a table in alphabetical order and sub-tables apart; `flatten` collects, read_toml
// sorts.
struct Found {
  std::string key;
  const toml::key* name;
  const toml::node* node;
};

bool is_list_of_tables(const toml::node& node) {
  const auto* list = node.as_array();
  return list && !list->empty() && list->is_homogeneous(toml::node_type::table);
}

void flatten(const toml::table& table, const std::string& prefix, const std::string& file,
             std::vector<Found>& found) {
  constexpr std::size_t kLongestKey = 256;
  for (const auto& [name, node] : table) {
    // A name that contains a dot or a bracket is quoted, because the dotted path that reads the same is
    // another key.
    const bool dotted = name.str().find_first_of(".[") != std::string_view::npos;
    const std::string own = dotted ? '"' + std::string(name.str()) + '"' : std::string(name.str());
    const std::string key = prefix + own;
    if (key.size() > kLongestKey)
      throw InputError("unknown key " + printable(key) + ": no key is longer than 256 bytes",
                       position(name.source(), file));
    found.push_back({key, &name, &node});
    if (const auto* inner = node.as_table()) flatten(*inner, key + ".", file, found);
    if (!is_list_of_tables(node)) continue;
    std::size_t place = 0;
    for (const toml::node& each : *node.as_array()) {
      const std::string one = key + "[" + std::to_string(place++) + "]";
      found.push_back({one, &name, &each});
      flatten(*each.as_table(), one + ".", file, found);
    }
  }
}

// The long list that stands at `node`, read before; null: none.
LongList* list_at(std::vector<LongList>& lists, const toml::node& node) {
  const auto& begin = node.source().begin;
  const auto found = std::ranges::find_if(lists, [&](const LongList& list) {
    return list.at.line == static_cast<int>(begin.line) && list.at.column == static_cast<int>(begin.column);
  });
  return found == lists.end() ? nullptr : &*found;
}

TomlEntry entry(const Found& found, const std::string& file, std::vector<LongList>& lists) {
  TomlEntry out;
  out.key = found.key;
  out.key_at = position(found.name->source(), file);
  out.value_at = position(found.node->source(), file);
  out.is_list_of_tables = is_list_of_tables(*found.node);
  out.is_table = found.node->is_table() || out.is_list_of_tables;
  if (out.is_table) return out;
  if (LongList* list = list_at(lists, *found.node)) {
    out.value = std::move(list->numbers);
    lists.erase(lists.begin() + (list - lists.data()));
    return out;
  }
  try {
    out.value = NodeReader(file).value(*found.node);
  } catch (const InputError& problem) {
    out.problem = InputError(printable(found.key) + ": " + problem.message(), problem.at());
  }
  return out;
}

}  // namespace

std::vector<TomlEntry> read_toml(std::string_view text, const std::string& file) {
  if (const std::size_t bad = invalid_utf8(text); bad < text.size())
    throw InputError("not UTF-8 text", position_of_byte(text, bad, file));
  TomlText prepared = prepare_toml(text, file);
  try {
    const toml::table document = toml::parse(prepared.lists.empty() ? text : std::string_view(prepared.text));
    std::vector<Found> found;
    flatten(document, "", file, found);
    std::ranges::stable_sort(found, {}, [](const Found& f) {
      const auto& begin = f.name->source().begin;
      return std::pair(begin.line, begin.column);
    });
    std::vector<TomlEntry> entries;
    for (const Found& f : found) entries.push_back(entry(f, file, prepared.lists));
    if (!prepared.lists.empty())
      throw InputError("a long list of numbers has no meaning here", prepared.lists.front().at);
    return entries;
  } catch (const toml::parse_error& problem) {
    throw InputError(std::string(problem.description()), position(problem.source(), file));
  }
}

}  // namespace iem
