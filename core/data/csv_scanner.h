// Cuts csv text (RFC 4180) into fields, one at a time, keeping count of lines and columns. Fields are views
// of the text; only a quoted field with doubled quotes is copied.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"

namespace iem {

struct CsvPlace {
  int line = 0, column = 0;
};

class CsvScanner {
 public:
  // The separator ' ' stands for blanks and tabs, as many as there are.
  CsvScanner(std::string_view text, char separator, const std::string& file)
      : text_(text),
        separator_(separator),
        file_(&file) {}

  // Moves to the next record; false at the end of the text. Blank lines and lines that begin with # are no
  // records, but a line that begins with the sign of a failed formula (#N/A) is one. In a table drawn with
  // bars the rule below the names and the count of the rows at the end are no records either.
  bool next_record();
  // The next field of the record, without quotes and without blanks around it; false when the record is over.
  bool next_field(std::string_view& field);
  // Leaves the rest of the record unread.
  void skip_record();

  // Where the last field begins. `place` leaves the file out: it is cheap enough to be asked for every field.
  SourcePosition position() const { return {*file_, place().line, place().column}; }
  CsvPlace place() const { return {field_line_, static_cast<int>(field_start_ - field_line_start_ + 1)}; }

 private:
  void end_line();
  std::string_view quoted_field();
  bool at_separator() const { return text_[at_] == separator_ || (separator_ == ' ' && text_[at_] == '\t'); }
  bool at_line_end() const { return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }

  std::string_view text_;
  char separator_;
  const std::string* file_;
  std::size_t at_ = 0, line_start_ = 0, field_start_ = 0;
  int line_ = 1, field_line_ = 1;
  std::size_t field_line_start_ = 0;
  bool record_over_ = true;
  std::string unquoted_;
};

// The separator, from the first record: tab, semicolon or comma, in this order, if it occurs outside quotes;
// else a bar, else blanks between words. For a single word it is the comma.
char csv_separator(std::string_view text);

// "sep=;" as the first line, which spreadsheets write to say what separates: the separator, and `text` then
// begins at the end of that line, so that lines are counted as in the file. 0 when there is no such line.
char separator_line(std::string_view& text, const std::string& file);

}  // namespace iem
