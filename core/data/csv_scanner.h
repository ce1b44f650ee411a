// Cuts csv text (RFC 4180) into fields, one at a time, keeping count of lines and columns. Fields are views
// of the text; only a quoted field with doubled quotes is copied.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"

namespace iem {

class CsvScanner {
 public:
  CsvScanner(std::string_view text, char separator, const std::string& file)
      : text_(text),
        separator_(separator),
        file_(&file) {}

  // Moves to the next record that is not a blank line; false at the end of the text.
  bool next_record();
  // The next field of the record, without quotes and without blanks around it; false when the record is over.
  bool next_field(std::string_view& field);
  // Leaves the rest of the record unread.
  void skip_record();

  // Where the last field begins.
  SourcePosition position() const;

 private:
  void end_line();
  std::string_view quoted_field();
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

// Tab, semicolon or comma: the first of these that stands in the first line that is not blank, outside
// quotes.
char csv_separator(std::string_view text);

}  // namespace iem
