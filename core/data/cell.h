// What one field of a text table holds: a number, a sign that it is missing, or a word.
#pragma once

#include <string>
#include <string_view>
#include <system_error>

namespace iem {

// The sign before the fraction. In a table separated by commas it is the point.
enum class DecimalSign : unsigned char { point, comma };

// Reads the number a field holds, independent of the locale: blanks are not allowed, a leading plus is. An
// error other than result_out_of_range means that the field is no number.
std::errc parse_number(std::string_view field, DecimalSign sign, double& number);

// Whether a field is a number, with a decimal comma too where `comma_may_be_decimal`.
bool is_number(std::string_view field, bool comma_may_be_decimal);

// Whether a field is written as a number or a time of a form that is not read here, and is therefore not the
// name of a column: "1,5", "$1", "0x10", "1.5D+02", "10%", "2024-05-01 10:00".
bool resembles_number(std::string_view field);

// Whether a field is one of the signs for a missing value: empty, NA, NaN, null, ?, \N and the like. "Na" is
// not: it is sodium.
bool is_missing(std::string_view field);

// "1,234" and "12,345,678": a thousands separator or, once, a decimal sign with three digits behind it.
bool is_grouped_by(std::string_view field, char sign);

// "mm", "[mm]", "(counts)": what a row of units below the names holds.
bool is_unit(std::string_view field);

// "bill_length_mm", "bill length (mm)" and "bill length [mm]" are the axis "bill length" in mm.
void split_unit(std::string_view column, std::string& name, std::string& unit);

}  // namespace iem
