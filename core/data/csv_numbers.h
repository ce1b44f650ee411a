// The numbers of a csv table, whose decimal sign shows in the first of them that has one.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/data/cell.h"

namespace iem {

class CsvNumbers {
 public:
  explicit CsvNumbers(char separator) : separator_(separator) {}

  // `column` is what messages call it. Throws InputError at `at`: no number, not finite, two decimal signs.
  double read(std::string_view field, const std::string& column, const SourcePosition& at);

  // What should be said of the sign: every number that has it could have a thousands separator instead.
  // Empty: nothing.
  std::string doubt() const;

 private:
  void see_sign(std::string_view field, char sign, const std::string& column, const SourcePosition& at);
  std::string why_no_number(std::string_view field) const;

  char separator_;
  char sign_ = 0;  // '.', ',' or not seen yet
  bool all_grouped_ = true;
  std::string example_;
};

}  // namespace iem
