// Which columns of a table are points and labels, and what is said where there was a choice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/data/table_reader.h"

namespace iem {

// What has been seen in a column of a table.
struct ColumnFacts {
  std::string name;  // empty: none
  std::int64_t numbers = 0, words = 0;
  bool from_zero = true, from_one = true;  // its values so far are 0, 1, 2, ... or 1, 2, 3, ...

  // Takes account of a number in row `row`, counted from 0.
  void add_number(double value, std::int64_t row);
  // A column counts as numeric if at least half of its fields are numbers, so that a typing error does not
  // turn it into a column of words.
  bool is_numeric() const { return numbers > 0 && numbers >= words; }
};

struct Columns {
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> points;
  std::size_t label = kNone;
  std::string words;  // "columns x and y of 4"; empty: there was nothing to choose
  std::string note;   // the same in a sentence, with the reason and the key that chooses otherwise
};

// "x" of its name, or "column 3".
std::string column_words(const std::vector<ColumnFacts>& facts, std::size_t column);

// The columns a request names. Throws InputError at the key: unknown, ambiguous, too many or too few.
std::vector<std::size_t> named_columns(const TableRequest& request, const std::vector<ColumnFacts>& facts);
std::size_t named_label(const TableRequest& request, const std::vector<ColumnFacts>& facts);

// The first numeric columns besides the label that do not merely count rows; where these do not suffice, row
// counters too. The result holds fewer columns than wanted where there are no more.
Columns chosen_columns(const TableRequest& request, const std::vector<ColumnFacts>& facts, std::size_t label);

}  // namespace iem
