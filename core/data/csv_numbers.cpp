#include "core/data/csv_numbers.h"

#include <cmath>

#include "core/base/utf8.h"

namespace iem {
namespace {

constexpr const char* kNoThousands = "thousands separators are not read";

}  // namespace

double CsvNumbers::read(std::string_view field, const std::string& column, const SourcePosition& at) {
  double out = 0;
  char sign = field.find('.') != std::string_view::npos ? '.' : 0;
  std::errc error = parse_number(field, DecimalSign::point, out);
  if (error == std::errc::invalid_argument && separator_ != ',' &&
      field.find(',') != std::string_view::npos) {
    error = parse_number(field, DecimalSign::comma, out);
    sign = ',';
  }
  const std::string what = column + ": \"" + printable(field) + "\"";
  if (error == std::errc::invalid_argument)
    throw InputError("text in a number column: " + what + " is not a number" + why_no_number(field), at);
  if (error == std::errc::result_out_of_range)
    throw InputError(what + " is beyond the range of double precision", at);
  if (!std::isfinite(out)) throw InputError(what + " is not allowed: numbers must be finite", at);
  if (sign != 0) see_sign(field, sign, column, at);
  return out;
}

void CsvNumbers::see_sign(std::string_view field, char sign, const std::string& column,
                          const SourcePosition& at) {
  if (sign_ != 0 && sign_ != sign)
    throw InputError("two decimal signs: " + column + ": \"" + printable(field) + "\" after \"" + example_ +
                         "\"; " + kNoThousands,
                     at);
  sign_ = sign;
  if (example_.empty()) example_ = printable(field);
  all_grouped_ = all_grouped_ && is_grouped_by(field, sign);
}

std::string CsvNumbers::doubt() const {
  // Beside commas the point is never anything else; after a tab it is hardly ever.
  if (sign_ == 0 || !all_grouped_ || (sign_ == '.' && separator_ != ';')) return {};
  const std::string name = sign_ == '.' ? "point" : "comma";
  return "the " + name + " is read as the decimal sign: \"" + example_ + "\" is a number below 1000";
}

std::string CsvNumbers::why_no_number(std::string_view field) const {
  if (is_grouped_by(field, ',') || is_grouped_by(field, '.')) return std::string("; ") + kNoThousands;
  const bool comma = field.find(',') != std::string_view::npos,
             point = field.find('.') != std::string_view::npos;
  if (comma && point && resembles_number(field)) return std::string("; ") + kNoThousands;
  return comma && separator_ == ',' ? "; the decimal sign is the point" : "";
}

}  // namespace iem
