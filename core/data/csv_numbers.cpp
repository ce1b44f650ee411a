#include "core/data/csv_numbers.h"

#include <cmath>

#include "core/base/utf8.h"

namespace iem {
namespace {

constexpr const char* kNoThousands = "; thousands separators are not read";

}  // namespace

double CsvNumbers::read(std::string_view field) {
  double out = 0;
  char sign = '.';
  std::errc error = parse_number(field, DecimalSign::point, out);
  if (error == std::errc::invalid_argument && separator_ != ',' &&
      field.find(',') != std::string_view::npos) {
    error = parse_number(field, DecimalSign::comma, out);
    sign = ',';
  }
  using Kind = Misfit::Kind;
  if (error == std::errc::invalid_argument) throw no_number(field);
  if (error == std::errc::result_out_of_range)
    throw Misfit{Kind::range, " is beyond the range of double precision"};
  if (!std::isfinite(out)) throw Misfit{Kind::range, " is not allowed: numbers must be finite"};
  if (sign != sign_ || all_grouped_) see_sign(field, sign);
  return out;
}

void CsvNumbers::see_sign(std::string_view field, char sign) {
  if (field.find(sign) == std::string_view::npos) return;
  if (sign_ != 0 && sign_ != sign)
    throw Misfit{Misfit::Kind::two_signs, " after \"" + example_ + "\"" + kNoThousands};
  sign_ = sign;
  if (example_.empty()) example_ = printable(field);
  all_grouped_ = all_grouped_ && is_grouped_by(field, sign);
}

std::string CsvNumbers::doubt() const {
  // In a table separated by commas the point is always the decimal sign, and after a tab it nearly always is.
  if (sign_ == 0 || !all_grouped_ || (sign_ == '.' && separator_ != ';')) return {};
  const std::string name = sign_ == '.' ? "point" : "comma";
  return "the " + name + " is read as the decimal sign: \"" + example_ + "\" is a number below 1000";
}

CsvNumbers::Misfit CsvNumbers::no_number(std::string_view field) const {
  const bool comma = field.find(',') != std::string_view::npos,
             point = field.find('.') != std::string_view::npos;
  const bool grouped =
      is_grouped_by(field, ',') || is_grouped_by(field, '.') || (comma && point && resembles_number(field));
  std::string words = " is not a number";
  if (grouped) return {Misfit::Kind::text, words + kNoThousands};
  if (comma && separator_ == ',') return {Misfit::Kind::text, words + "; the decimal sign is the point"};
  return {Misfit::Kind::text, words, true};
}

}  // namespace iem
