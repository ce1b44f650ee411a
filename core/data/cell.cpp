#include "core/data/cell.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/base/read_number.h"

namespace iem {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::errc parsed(std::string_view field, double& number) {
  if (field.size() > 1 && field[0] == '+' && field[1] != '-') field.remove_prefix(1);
  const auto [end, error] = read_number(field.data(), field.data() + field.size(), number);
  const bool whole = end == field.data() + field.size();
  return error == std::errc() && !whole ? std::errc::invalid_argument : error;
}

// The units that are recognised behind a name ("length_mm") or in the row below the names.
constexpr std::array<std::string_view, 14> kSuffixes = {"mm", "cm", "m", "km", "um", "nm",  "s",
                                                        "ms", "h",  "g", "kg", "mg", "min", "Hz"};
constexpr std::array<std::string_view, 33> kUnits = {
    "in", "ft", "mi", "us",  "ns",  "sec",  "hr",   "d",  "day", "days", "lb",
    "t",  "C",  "K",  "F",   "kHz", "MHz",  "%",    "V",  "mV",  "A",    "mA",
    "W",  "kW", "Pa", "kPa", "hPa", "mbar", "mmHg", "ml", "L",   "deg",  "rad"};

bool is_bracketed(std::string_view field) {
  return field.size() > 2 &&
         ((field.front() == '[' && field.back() == ']') || (field.front() == '(' && field.back() == ')'));
}

bool contains(const auto& words, std::string_view word) {
  return std::ranges::find(words, word) != std::end(words);
}

}  // namespace

std::errc parse_number(std::string_view field, DecimalSign sign, double& number) {
  if (sign == DecimalSign::point) return parsed(field, number);
  const std::size_t comma = field.find(',');
  if (comma == std::string_view::npos) return parsed(field, number);
  std::string with_point(field);
  with_point[comma] = '.';
  if (field.find_first_of(".,", comma + 1) != std::string_view::npos || field.find('.') < comma)
    return std::errc::invalid_argument;
  return parsed(with_point, number);
}

bool is_number(std::string_view field, bool comma_may_be_decimal) {
  double ignored = 0;
  if (parse_number(field, DecimalSign::point, ignored) != std::errc::invalid_argument)
    return !is_missing(field);
  return comma_may_be_decimal &&
         parse_number(field, DecimalSign::comma, ignored) != std::errc::invalid_argument;
}

bool resembles_number(std::string_view field) {
  constexpr std::string_view kBefore = "+-.,$";
  if (!field.empty() && kBefore.find(field.front()) != std::string_view::npos) field.remove_prefix(1);
  if (field.empty() || !is_digit(field.front())) return false;
  if (field.starts_with("0x") || field.starts_with("0X"))
    return field.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos;
  return field.find_first_not_of("0123456789eEdDTZ+-.,:/'_% ") == std::string_view::npos;
}

bool is_missing(std::string_view field) {
  constexpr std::array<std::string_view, 20> kWords = {"",    "?",    "-",    ".",    "NA",   "na",   "N/A",
                                                       "n/a", "#N/A", "NULL", "null", "None", "none", "nil",
                                                       "NaN", "nan",  "NAN",  "<NA>", "-nan", "\\N"};
  return contains(kWords, field);
}

bool is_grouped_by(std::string_view field, char sign) {
  if (!field.empty() && (field.front() == '-' || field.front() == '+')) field.remove_prefix(1);
  std::size_t digits = std::min(field.find_first_not_of(kDigits), field.size());
  if (digits < 1 || digits > 3 || digits == field.size() || field.front() == '0') return false;
  for (field.remove_prefix(digits); !field.empty(); field.remove_prefix(4))
    if (field.size() < 4 || field.front() != sign || !std::ranges::all_of(field.substr(1, 3), is_digit))
      return false;
  return true;
}

bool is_unit(std::string_view field) {
  return is_bracketed(field) || contains(kSuffixes, field) || contains(kUnits, field);
}

void split_unit(std::string_view column, std::string& name, std::string& unit) {
  name = column;
  unit.clear();
  const std::size_t last = column.rfind('_'), open = column.find_last_of("([");
  if (open != std::string_view::npos && open > 0 && is_bracketed(column.substr(open))) {
    unit = column.substr(open + 1, column.size() - open - 2);
    name = column.substr(0, column.find_last_not_of(" _", open - 1) + 1);
    if (name.empty()) name = column, unit.clear();
  } else if (last != std::string_view::npos && last > 0 && contains(kSuffixes, column.substr(last + 1))) {
    unit = column.substr(last + 1);
    name.resize(last);
  }
  std::ranges::replace(name, '_', ' ');
}

}  // namespace iem
