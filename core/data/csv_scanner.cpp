#include "core/data/csv_scanner.h"

namespace iem {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

void CsvScanner::end_line() {
  if (at_ >= text_.size()) return;
  at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
  ++line_;
  line_start_ = at_;
}

bool CsvScanner::next_record() {
  if (!record_over_) skip_record();
  while (at_ < text_.size()) {
    std::size_t i = at_;
    while (i < text_.size() && is_blank(text_[i])) ++i;
    if (i < text_.size() && text_[i] != '\n' && text_[i] != '\r') {
      record_over_ = false;
      return true;
    }
    at_ = i;
    end_line();
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
  while (at_ < text_.size() && is_blank(text_[at_]) && text_[at_] != separator_) ++at_;
  mark();
  if (at_ < text_.size() && text_[at_] == '"') {
    field = quoted_field();
  } else {
    while (!at_line_end() && text_[at_] != separator_) ++at_;
    std::size_t end = at_;
    while (end > field_start_ && is_blank(text_[end - 1])) --end;
    field = text_.substr(field_start_, end - field_start_);
  }
  if (at_line_end()) {
    end_line();
    record_over_ = true;
  } else {
    ++at_;
  }
  return true;
}

// From the opening quote to the separator or the end of the line behind the closing one.
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
  while (!at_line_end() && is_blank(text_[at_]) && text_[at_] != separator_) ++at_;
  if (!at_line_end() && text_[at_] != separator_)
    throw InputError("text after the closing quote", position());
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

SourcePosition CsvScanner::position() const {
  return {*file_, field_line_, static_cast<int>(field_start_ - field_line_start_ + 1)};
}

char csv_separator(std::string_view text) {
  bool semicolon = false, in_quotes = false, blank = true;
  for (const char c : text) {
    if (c == '"') in_quotes = !in_quotes;
    if (in_quotes) continue;
    if (c == '\t' && !blank) return '\t';
    if (c == ';') semicolon = true;
    if (c == '\n' || c == '\r') {
      if (!blank) break;
    } else if (c != ' ' && c != '\t') {
      blank = false;
    }
  }
  return semicolon ? ';' : ',';
}

}  // namespace iem
