// Reads points from csv text and npy bytes. Errors name line and column.
//
// csv: separated by commas, semicolons, tabs, bars or blanks; a first line "sep=;" may say by what. In a
// table separated by commas the decimal sign is the point, otherwise it may be a comma. UTF-8, or UTF-16 with
// its byte order mark; names and labels that are not UTF-8 are read as Latin-1 (text_encoding.h). Lines that
// begin with # are skipped. A first row is all names or all numbers; names end in a unit ("name_mm", "name
// (mm)") or have a row of units below them. Every row has as many fields as the first, empty ones at its end
// not counted. npy: integers and floats of either byte order, C and Fortran order, N x D; anything else is
// refused with the reason.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/data/dataset.h"

namespace iem {

// A column by its name or by its number from 1; with neither no column is meant.
struct ColumnName {
  std::string name;
  std::size_t number = 0;
  bool given() const { return number > 0 || !name.empty(); }
};

// What is wanted of a table.
struct TableRequest {
  int dimension = 2;                    // columns of numbers
  std::vector<ColumnName> columns;      // that many, or none: the first that are no row counter
  ColumnName label;                     // not given: a column named `label`, if there is one
  bool drop_missing = false;            // rows without a number in one of the columns are left out
  SourcePosition columns_at, label_at;  // where the scene says so
};

Dataset read_csv(std::string_view text, const std::string& file, const TableRequest& request);
Dataset read_npy(std::span<const std::byte> bytes, const std::string& file, const TableRequest& request);

// Reads a whole file; "builtin:NAME" is an embedded one ("builtin:penguins.csv"). Throws InputError (kind
// io), also for a pipe or a device, and refuses a file of more than `limit_mib` MiB while it is read.
std::string read_file(const std::string& path, std::size_t limit_mib = 2048);

}  // namespace iem
