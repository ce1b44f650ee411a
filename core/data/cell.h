// What one field of a text table holds: a number, a sign that it is missing, or a word.
#pragma once

#include <string>
#include <string_view>
#include <system_error>

namespace iem {

// The sign before the fraction. In a table separated by commas it is the point.
enum class DecimalSign : unsigned char { point, comma };

// The number a field holds: no locale, no blanks, a leading plus is allowed. An error other than
// result_out_of_range says that the field is no number.
std::errc parse_number(std::string_view field, DecimalSign sign, double& number);

// With either sign where a comma may be one.
bool is_number(std::string_view field, bool comma_may_be_decimal);

// Written as a number or a time, though as none that is read here, and so nobody's name: "1,5", "$1", "0x10",
// "1.5D+02", "10%", "2024-05-01 10:00".
bool resembles_number(std::string_view field);

// What tables write where a value is missing: nothing, NA, NaN, null, ?, \N and the like. "Na" is sodium.
bool is_missing(std::string_view field);

// "1,234" and "12,345,678": a thousands separator or, once, a decimal sign with three digits behind it.
bool is_grouped_by(std::string_view field, char sign);

// "mm", "[mm]", "(counts)": what a row of units below the names holds.
bool is_unit(std::string_view field);

// "bill_length_mm", "bill length (mm)" and "bill length [mm]" are the axis "bill length" in mm.
void split_unit(std::string_view column, std::string& name, std::string& unit);

}  // namespace iem
