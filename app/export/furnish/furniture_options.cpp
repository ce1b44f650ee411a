#include "app/export/furnish/furniture_options.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/config/assignment.h"
#include "core/figure/furniture.h"

namespace iem {
namespace {

// "paper.label.x" is part x of the option --label.
struct OptionName {
  std::string option, part;
};

OptionName option_name(const std::string& key) {
  const std::string name = key.substr(key.find('.') + 1);
  const auto dot = name.find('.');
  OptionName out{"--" + name.substr(0, dot), dot == std::string::npos ? "" : name.substr(dot + 1)};
  std::ranges::replace(out.option, '_', '-');
  return out;
}

std::string upper_case(std::string word) {
  for (char& c : word)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return word;
}

// "on|off|TEXT", "A,B".
std::string type_of(const Parameter& key, bool in_parts) {
  constexpr std::size_t kShort = 20;
  std::string words;
  for (const std::string& choice : key.choices) words += (words.empty() ? "" : "|") + choice;
  if (key.kind == ParameterKind::tensor) return "A,B";
  if (key.kind == ParameterKind::real) return upper_case(key.unit);
  if (key.kind == ParameterKind::choice) return words.size() <= kShort ? words : "NAME";
  return in_parts ? "AXIS=TEXT" : words + (words.empty() ? "" : "|") + "TEXT";
}

std::string without_stop(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

// Words are taken as they are, numbers as in a scene but without brackets.
Value read_value(const Parameter& key, const std::string& text, const std::string& option) {
  if (key.kind == ParameterKind::text || key.kind == ParameterKind::choice) return text;
  const bool listed = key.kind == ParameterKind::tensor && !text.starts_with('[');
  return parse_assignment(key.key + "=" + (listed ? "[" + text + "]" : text), option).value;
}

// Calls `use` with every key that was given and its value, which fits.
template <class Use>
void each_given(const GivenFurniture& given, Use use) {
  for (const FurniturePiece& piece : furniture_pieces()) {
    const auto [option, part] = option_name(piece.key.key);
    const auto found = given.find(option);
    if (found == given.end()) continue;
    const std::string begins = part.empty() ? "" : part + "=";
    for (const std::string& text : found->second)
      if (text.starts_with(begins))
        use(piece.key,
            checked_value(piece.key, read_value(piece.key, text.substr(begins.size()), option), {option}),
            SourcePosition{option});
  }
}

// What is given to an option in parts belongs to one of them.
void check_parts(const GivenFurniture& given) {
  std::map<std::string, std::vector<std::string>> parts;
  for (const FurniturePiece& piece : furniture_pieces())
    if (const auto [option, part] = option_name(piece.key.key); !part.empty())
      parts[option].push_back(part + "=");
  for (const auto& [option, begins] : parts)
    if (const auto found = given.find(option); found != given.end())
      for (const std::string& text : found->second)
        if (std::ranges::none_of(begins, [&](const std::string& each) { return text.starts_with(each); }))
          throw InputError("'" + printable(text) + "' must begin with " + listed_words(begins, "or"),
                           {option});
}

}  // namespace

std::vector<FurnitureOption> furniture_options() {
  std::vector<FurnitureOption> out;
  for (const FurniturePiece& piece : furniture_pieces()) {
    const auto [name, part] = option_name(piece.key.key);
    auto option = std::ranges::find(out, name, &FurnitureOption::name);
    if (option == out.end()) {
      const std::string& help = piece.of_all.empty() ? piece.key.help : piece.of_all;
      out.push_back({name, type_of(piece.key, !part.empty()), without_stop(help), piece.key.choices,
                     !part.empty(), piece.of_file});
      option = out.end() - 1;
    }
    if (!part.empty()) option->words.push_back(part + "=");
  }
  return out;
}

Config with_furniture(Config paper, const GivenFurniture& given) {
  each_given(given, [&](const Parameter& key, Value value, const SourcePosition& at) {
    paper.set(key.key, std::move(value), at);
  });
  return paper;
}

void check_furniture(const GivenFurniture& given) {
  check_parts(given);
  each_given(given, [](const Parameter&, const Value&, const SourcePosition&) {});
}

std::vector<std::string> given_in_vain(const Figure& figure, const Config& paper) {
  std::vector<std::string> out;
  for (const IdleFurniture& idle : idle_furniture(figure, paper))
    if (const std::string option = paper.position(idle.key).file; option == option_name(idle.key).option)
      out.push_back(option + ": " + idle.why);
  return out;
}

std::vector<std::string> given_in_vain_to_film(const Config& paper) {
  std::vector<std::string> out;
  for (const FurniturePiece& piece : furniture_pieces()) {
    const std::string& key = piece.key.key;
    if (!piece.of_file || !paper.is_set(key) || paper.value(key) == piece.key.default_value) continue;
    if (const std::string option = paper.position(key).file; option == option_name(key).option)
      out.push_back(option + ": a film has no link");
  }
  return out;
}

}  // namespace iem
