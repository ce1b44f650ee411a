// The first look over a csv table: its names and units, how wide it is, and what its columns hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/data/columns.h"
#include "core/data/csv_scanner.h"
#include "core/data/table_reader.h"

namespace iem {

struct CsvLayout {
  std::vector<ColumnFacts> facts;  // of every column; contents are counted only where columns are chosen
  std::vector<std::string> units;  // from a row below the names, one a column; empty: there is none
  Columns columns;
  std::size_t rows = 0;
  CsvScanner first;     // stands at the first row of numbers
  bool header = false;  // there are names
  bool latin1 = false;  // some of them are not UTF-8 and were read as Latin-1

  // "column x", for messages.
  std::string column(std::size_t index) const;
};

// Throws InputError with line and column: no rows, too few columns, a first row that is neither names nor
// numbers, a row that is longer or shorter than the first.
CsvLayout look_over(std::string_view text, char separator, const std::string& file,
                    const TableRequest& request);

}  // namespace iem
