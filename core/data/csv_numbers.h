// Reads the numbers of a csv table; the first number with a decimal sign decides which sign the table uses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/data/cell.h"

namespace iem {

class CsvNumbers {
 public:
  explicit CsvNumbers(char separator) : separator_(separator) {}

  // Why a field is no number of this table: what follows the field in a message.
  struct Misfit {
    enum class Kind : std::uint8_t { text, range, two_signs };
    Kind kind = Kind::text;
    std::string words;   // " is not a number; the decimal sign is the point"
    bool plain = false;  // `words` says nothing beyond "is not a number"
  };
  // Throws Misfit: no number, not finite, another decimal sign than before.
  double read(std::string_view field);

  // A sentence for the user where every number with the decimal sign could as well have a thousands separator
  // there; else empty.
  std::string doubt() const;

 private:
  void see_sign(std::string_view field, char sign);
  Misfit no_number(std::string_view field) const;

  char separator_;
  char sign_ = 0;  // '.', ',' or not seen yet
  bool all_grouped_ = true;
  std::string example_;
};

}  // namespace iem
