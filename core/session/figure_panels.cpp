#include "core/session/figure_panels.h"

#include <algorithm>
#include <filesystem>

#include "core/base/words.h"
#include "core/session/state_string.h"

namespace iem {
namespace {

constexpr std::size_t kLetters = 26;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

std::string panel_letter(std::size_t index) {
  std::string out;
  for (std::size_t left = index + 1; left > 0; left = (left - 1) / kLetters)
    out.insert(out.begin(), static_cast<char>('a' + (left - 1) % kLetters));
  return out;
}

std::optional<std::size_t> panel_of_letter(std::string_view letter) {
  constexpr std::size_t kLongest = 2;
  if (letter.empty() || letter.size() > kLongest || !std::ranges::all_of(letter, is_lower)) return {};
  std::size_t count = 0;
  for (const char c : letter) count = kLetters * count + static_cast<std::size_t>(c - 'a') + 1;
  return count - 1;
}

PanelName panel_name(const std::string& name) {
  const std::size_t at = name.rfind('#');
  if (at == std::string::npos || !panel_of_letter(std::string_view(name).substr(at + 1))) return {name, ""};
  const std::string file = name.substr(0, at);
  if (!may_carry_state(lower_case(std::filesystem::path(file).extension().string()))) return {name, ""};
  return {file, name.substr(at + 1)};
}

}  // namespace iem
