// Matches typed text with entries: word by word first, and where no word fits, by letters in order.
#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "app/gui/controls/typed_value.h"
#include "app/gui/shell/palette_entries.h"
#include "imcmd_fuzzy_search.h"

namespace iem::gui {
namespace {

// A whole word counts most, then its beginning, then a part of it; a word of the label more than another.
constexpr int kWhole = 100, kBeginning = 60, kPart = 30, kOther = 10, kUnasked = 3, kIllegal = 50,
              kFewLetters = -100'000;

int one_word_score(const std::string& asked, const std::vector<std::string>& words) {
  int best = -1;
  for (const std::string& word : words) {
    const std::size_t at = word.find(asked);
    if (at == std::string::npos || (at > 0 && asked.size() < 2)) continue;
    best = std::max(best, word.size() == asked.size() ? kWhole : at == 0 ? kBeginning : kPart);
  }
  return best;
}

// Of all asked words together; nothing: one of them is not in it.
std::optional<int> words_score(const std::vector<std::string>& asked, const PaletteEntry& entry) {
  int sum = 0;
  for (const std::string& each : asked) {
    const int of_label = one_word_score(each, entry.words), other = one_word_score(each, entry.others);
    const int best = std::max(of_label, other - kOther);
    if (best < 0) return std::nullopt;
    sum += best;
  }
  const int left = std::max(0, static_cast<int>(entry.words.size()) - static_cast<int>(asked.size()));
  return sum / std::max(1, static_cast<int>(asked.size())) - kUnasked * left;
}

// "learning rate = 0.1": pieces between blanks, and where each begins.
struct Asked {
  std::vector<std::string> words;
  std::vector<std::size_t> begin;
};

Asked asked_words(const std::string& typed) {
  Asked out;
  bool inside = false;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const bool between_letters = std::string_view("._-").find(typed[i]) != std::string_view::npos && i > 0 &&
                                 std::isalpha(static_cast<unsigned char>(typed[i - 1]));
    const bool gap = std::string_view(" =:+").find(typed[i]) != std::string_view::npos || between_letters;
    if (!gap && !inside) out.words.emplace_back(), out.begin.push_back(i);
    if (!gap) out.words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(typed[i])));
    inside = !gap;
  }
  return out;
}

bool takes_a_number(const Parameter& p) {
  return p.kind == ParameterKind::real || p.kind == ParameterKind::integer;
}

// Reads a value by the rules of its parameter. An illegal value is shown with the reason, below legal
// matches.
void take_value(const Parameter& p, const std::string& text, PaletteMatch& match) {
  match.typed = text;
  TypedValue typed = typed_value(p, text);
  match.value = std::move(typed.value);
  match.illegal = std::move(typed.illegal);
  if (!match.value) match.score -= kIllegal;
}

// "temperature 2": the first words name the setting, the rest is its value.
std::optional<PaletteMatch> with_value(const PaletteEntry& entry, const Parameter& p, const Asked& asked,
                                       const std::string& typed) {
  std::optional<PaletteMatch> best;
  for (std::size_t names = 1; names < asked.words.size(); ++names) {
    const std::vector<std::string> name(asked.words.begin(),
                                        asked.words.begin() + static_cast<std::ptrdiff_t>(names));
    const std::optional<int> score = words_score(name, entry);
    if (!score) break;
    // Words behind a name count as its value only if the name was typed in full; digits always do for a
    // number.
    const std::string value = typed.substr(asked.begin[names]);
    const bool certain = *score >= kWhole - kOther;
    const bool figures = std::ranges::any_of(value, [](char c) { return c >= '0' && c <= '9'; });
    if (!certain && !(takes_a_number(p) && figures)) continue;
    PaletteMatch match{.score = *score + 1};
    take_value(p, value, match);
    if (!best || match.score > best->score) best = match;
  }
  return best;
}

}  // namespace

std::vector<PaletteMatch> palette_matches(const std::vector<PaletteEntry>& entries,
                                          const ParameterTable& table, const std::string& typed) {
  const Asked asked = asked_words(typed);
  std::vector<PaletteMatch> found;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const PaletteEntry& entry = entries[i];
    std::optional<PaletteMatch> match;
    if (entry.kind == PaletteEntry::Kind::setting && !entry.value && entry.member.empty())
      match = with_value(entry, *table.find(entry.id), asked, typed);
    int letters = 0;
    if (const std::optional<int> score = words_score(asked.words, entry); score)
      match = match && match->score > *score ? match : PaletteMatch{.score = *score};
    else if (!match && ImCmd::FuzzySearch(typed.c_str(), entry.label.c_str(), letters))
      match = PaletteMatch{.score = kFewLetters + letters};
    if (!match) continue;
    match->entry = i;
    if (asked.words.empty()) match->score = 0;
    found.push_back(*match);
  }
  std::ranges::stable_sort(found,
                           [](const PaletteMatch& a, const PaletteMatch& b) { return a.score > b.score; });
  return found;
}

}  // namespace iem::gui
