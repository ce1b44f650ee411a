#include "core/data/csv_scanner.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"

namespace iem {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }

// A line is a comment if it begins with #, unless that is what spreadsheets write for a failed formula.
bool is_comment(std::string_view rest) {
  constexpr std::array<std::string_view, 7> kFailures = {"#N/A",  "#DIV/0!", "#VALUE!", "#REF!",
                                                         "#NUM!", "#NAME?",  "#NULL!"};
  return rest.starts_with('#') &&
         std::ranges::none_of(kFailures, [&](std::string_view word) { return rest.starts_with(word); });
}

// Whether a line belongs to the drawing of a table with bars, as psql and Markdown write it: the rule below
// the names ("---+---", "|---|:--|"), or the count of the rows as the last line ("(5 rows)").
bool is_drawn(std::string_view line) {
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
  const bool rule = line.find("--") != line.npos && line.find_first_not_of("-+|: ") == line.npos;
  const bool counts = line.starts_with('(') && (line.ends_with(" rows)") || line.ends_with(" row)"));
  return rule || (counts && line.find('|') == line.npos);
}

}  // namespace

void CsvScanner::end_line() {
  if (at_ >= text_.size()) return;
  at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
  ++line_;
  line_start_ = at_;
}

bool CsvScanner::next_record() {
  if (!record_over_) skip_record();
  for (; at_ < text_.size(); end_line()) {
    std::size_t i = at_;
    while (i < text_.size() && is_blank(text_[i])) ++i;
    const std::string_view rest = text_.substr(i);
    const bool skipped =
        is_comment(rest) || (separator_ == '|' && is_drawn(rest.substr(0, rest.find_first_of("\n\r"))));
    if (!skipped && i < text_.size() && !is_line_end(text_[i])) {
      record_over_ = false;
      return true;
    }
    while (i < text_.size() && !is_line_end(text_[i])) ++i;
    at_ = i;
  }
  return false;
}

bool CsvScanner::next_field(std::string_view& field) {
  const auto mark = [this] {
    field_start_ = at_;
    field_line_ = line_;
    field_line_start_ = line_start_;
  };
  if (record_over_) return false;
  const bool blanks = separator_ == ' ';
  while (at_ < text_.size() && is_blank(text_[at_]) && (blanks || !at_separator())) ++at_;
  mark();
  if (at_ < text_.size() && text_[at_] == '"') {
    field = quoted_field();
  } else {
    while (!at_line_end() && !at_separator()) ++at_;
    std::size_t end = at_;
    while (end > field_start_ && is_blank(text_[end - 1])) --end;
    field = text_.substr(field_start_, end - field_start_);
  }
  while (blanks && at_ < text_.size() && is_blank(text_[at_])) ++at_;
  if (at_line_end()) {
    end_line();
    record_over_ = true;
  } else if (!blanks) {
    ++at_;
  }
  return true;
}

// Reads a quoted field, from the opening quote to the separator or end of line behind the closing quote.
std::string_view CsvScanner::quoted_field() {
  bool doubled = false;
  const std::size_t first = ++at_;
  for (;; ++at_) {
    if (at_ >= text_.size()) throw InputError("the quote is never closed", position());
    if (text_[at_] == '"') {
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
      doubled = true;
      ++at_;
    } else if (text_[at_] == '\n' || (text_[at_] == '\r' && text_.substr(at_ + 1, 1) != "\n")) {
      ++line_;
      line_start_ = at_ + 1;
    }
  }
  std::string_view field = text_.substr(first, at_ - first);
  ++at_;
  while (!at_line_end() && is_blank(text_[at_]) && !at_separator()) ++at_;
  if (!at_line_end() && !at_separator()) throw InputError("text after the closing quote", position());
  if (!doubled) return field;
  unquoted_.clear();
  for (std::size_t i = 0; i < field.size(); ++i) {
    unquoted_ += field[i];
    if (field[i] == '"') ++i;
  }
  return unquoted_;
}

void CsvScanner::skip_record() {
  std::string_view field;
  while (next_field(field)) continue;
}

char csv_separator(std::string_view text) {
  bool semicolon = false, comma = false, bar = false, words = false;
  bool in_quotes = false, blank = true, at_field = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool doubled = in_quotes && text.substr(i, 2) == "\"\"";
    if (doubled) ++i;
    if (c == '"' && !doubled && (in_quotes || at_field)) in_quotes = !in_quotes;
    if (in_quotes) continue;
    if (blank && is_comment(text.substr(i))) {
      i = std::min(text.find_first_of("\n\r", i), text.size()) - 1;
      continue;
    }
    if (c == '\t' && !blank) return '\t';
    semicolon = semicolon || c == ';';
    comma = comma || c == ',';
    bar = bar || c == '|';
    if (is_line_end(c) && !blank) break;
    if (!is_line_end(c) && !is_blank(c)) {
      words = words || (!blank && i > 0 && is_blank(text[i - 1]));
      blank = false;
    }
    // Only a quotation mark at the beginning of a field opens a quoted one; elsewhere it may be an inch mark.
    at_field = c == ',' || c == ';' || c == '|' || is_line_end(c) || (at_field && is_blank(c));
  }
  return semicolon ? ';' : comma ? ',' : bar ? '|' : words ? ' ' : ',';
}

char separator_line(std::string_view& text, const std::string& file) {
  constexpr std::string_view kWord = "sep=";
  const auto same = [](char a, char b) { return a == b || a == b - 'a' + 'A'; };
  if (text.size() <= kWord.size() || !std::ranges::equal(text.substr(0, kWord.size()), kWord, same)) return 0;
  const std::size_t end = std::min(text.find_first_of("\n\r"), text.size());
  const std::string_view given = text.substr(kWord.size(), end - kWord.size());
  // Without a single character behind "sep=" the line is a header whose first column has that name.
  if (given.size() != 1) return 0;
  if (given != "," && given != ";" && given != "\t" && given != "|")
    throw InputError(
        "the separator \"" + printable(given) + "\" is not read: comma, semicolon, tab and bar are",
        {file, 1, static_cast<int>(kWord.size()) + 1});
  text.remove_prefix(end);
  return given.front();
}

}  // namespace iem
