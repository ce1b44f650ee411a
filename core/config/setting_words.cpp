#include "core/config/setting_words.h"

#include <algorithm>
#include <cctype>

#include "core/base/number.h"

namespace iem {
namespace {

// "Learning rate" within a sentence; an abbreviation stays.
std::string within_a_sentence(std::string label) {
  const bool is_word = label.size() > 1 && std::islower(static_cast<unsigned char>(label[1])) != 0;
  if (is_word) label[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(label[0])));
  return label;
}

std::string list_in_words(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& word : list) out += (out.empty() ? "" : " + ") + word;
  return out.empty() ? "nothing" : out;
}

}  // namespace

std::string choice_in_words(const Parameter& parameter, const std::string& id) {
  const auto place =
      static_cast<std::size_t>(std::ranges::find(parameter.choices, id) - parameter.choices.begin());
  if (place < parameter.choice_labels.size()) return parameter.choice_labels[place];
  std::string words = id;
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string setting_in_words(const Parameter& parameter, const Value& value) {
  const std::string label = within_a_sentence(parameter.label.empty() ? parameter.key : parameter.label);
  if (const auto* on = std::get_if<bool>(&value)) return (*on ? "" : "no ") + label;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return label + " " + std::to_string(*whole);
  if (const auto* number = std::get_if<double>(&value)) return label + " " + format_number(*number);
  if (const auto* text = std::get_if<std::string>(&value))
    return parameter.kind == ParameterKind::choice ? within_a_sentence(choice_in_words(parameter, *text))
                                                   : label + " " + *text;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value))
    return label + " " + list_in_words(*list);
  return std::get<Tensor>(value).data.empty() ? "no given " + label : "other " + label;
}

std::vector<std::pair<std::string, Value>> differing_settings(const Config& of, const Config& from) {
  std::vector<std::pair<std::string, Value>> out;
  for (const Parameter& parameter : of.table().all()) {
    if (parameter.effect == Effect::view || !of.unavailable_reason(parameter.key).empty()) continue;
    // A key that neither sets differs only because of other keys, which are listed themselves.
    if (!of.is_set(parameter.key) && !from.is_set(parameter.key)) continue;
    const bool same = of.lab() == from.lab() ? of.value(parameter.key) == from.value(parameter.key)
                                             : !of.is_set(parameter.key);
    if (!same) out.emplace_back(parameter.key, of.value(parameter.key));
  }
  return out;
}

}  // namespace iem
