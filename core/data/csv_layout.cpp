#include "core/data/csv_layout.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/utf8.h"
#include "core/data/cell.h"
#include "core/data/text_encoding.h"

namespace iem {
namespace {

struct Field {
  std::string text;
  SourcePosition at;
};

// Whether a field cannot be the name of a column: a number, or something that stands in the place of one.
bool is_no_name(const std::string& text, bool comma_may_be_decimal) {
  return is_number(text, comma_may_be_decimal) || resembles_number(text) ||
         (!text.empty() && is_missing(text));
}

// Whether the row is ",0,1,2": the numbers that a program writes in place of names, beside its column of row
// numbers.
bool is_numbering(const std::vector<Field>& fields) {
  if (fields.size() < 2 || !fields[0].text.empty()) return false;
  for (std::size_t i = 1; i < fields.size(); ++i)
    if (fields[i].text != std::to_string(i - 1)) return false;
  return true;
}

class CsvLook {
 public:
  CsvLook(std::string_view text, char separator, const std::string& file, const TableRequest& request)
      : file_(file),
        request_(request),
        dimension_(static_cast<std::size_t>(request.dimension)),
        comma_(separator != ','),
        scanner_(text, separator, file),
        out_{{}, {}, {}, 0, scanner_, false, false} {}

  CsvLayout look() {
    if (!scanner_.next_record()) throw InputError("the file is empty", {file_, 1, 1});
    read_first();
    choose_by_name();
    const bool profile = out_.columns.points.empty();
    out_.first = scanner_;
    do look_at_row(profile);
    while (scanner_.next_record());
    if (profile) choose();
    return std::move(out_);
  }

 private:
  // Leaves the scanner at the first row of numbers.
  void read_first() {
    const CsvScanner at_first = scanner_;
    std::vector<Field> fields = read_fields(scanner_);
    SourcePosition last = fields.back().at;
    while (fields.size() > dimension_ && fields.back().text.empty()) fields.pop_back();
    out_.header = holds_names(fields);
    out_.facts.resize(fields.size());
    if (fields.size() < dimension_ && request_.columns.empty())
      throw InputError("too few columns: " + std::to_string(dimension_) +
                           (dimension_ == 1 ? " column of numbers is" : " columns of numbers are") +
                           " needed, separated by comma, semicolon, tab or bar",
                       last);
    if (out_.header) {
      take_names(fields);
    } else {
      scanner_ = at_first;
    }
  }

  // The fields of the next row, converted to UTF-8 where they are Latin-1.
  std::vector<Field> read_fields(CsvScanner& scanner) {
    std::vector<Field> out;
    for (std::string_view field; scanner.next_field(field);) {
      out.push_back({std::string(field), scanner.position()});
      if (invalid_utf8(field) == field.size()) continue;
      std::optional<std::string> words = utf8_from_latin1(field);
      if (!words) continue;
      out.back().text = std::move(*words);
      out_.latin1 = true;
    }
    return out;
  }

  // Whether the first row holds names, judged by the fields that count: all of them, or those that the
  // request gives by number.
  bool holds_names(const std::vector<Field>& fields) const {
    if (is_numbering(fields) || all_asked_for_are_here(fields)) return true;
    std::vector<const Field*> counted;
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (!fields[i].text.empty() && is_asked_for(i)) counted.push_back(&fields[i]);
    const auto no_name = [&](const Field* field) { return is_no_name(field->text, comma_); };
    if (std::ranges::all_of(counted, no_name)) return false;
    if (std::ranges::none_of(counted, no_name)) return true;
    const auto wrong =
        std::ranges::find_if(counted, [&](const Field* field) { return !is_number(field->text, comma_); });
    const std::size_t number = 1 + static_cast<std::size_t>(*wrong - fields.data());
    throw InputError("text in a number column: column " + std::to_string(number) + ": \"" +
                         printable((*wrong)->text) +
                         "\" is not a number: a first row holds either names or numbers" +
                         (fields.size() > dimension_ && request_.columns.empty()
                              ? "; data.columns says which columns are meant, by number"
                              : ""),
                     (*wrong)->at);
  }

  bool is_asked_for(std::size_t column) const {
    const auto& columns = request_.columns;
    if (columns.empty() || columns[0].number == 0) return true;
    return std::ranges::any_of(columns, [&](const ColumnName& c) { return c.number == column + 1; });
  }

  // A row that holds every name of the request holds names, whatever they look like ("2019").
  bool all_asked_for_are_here(const std::vector<Field>& fields) const {
    const auto here = [&](const ColumnName& wanted) {
      return !wanted.name.empty() && std::ranges::find(fields, wanted.name, &Field::text) != fields.end();
    };
    return !request_.columns.empty() && std::ranges::all_of(request_.columns, here);
  }

  void take_names(const std::vector<Field>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (invalid_utf8(fields[i].text) != fields[i].text.size())
        throw InputError("the name of column " + std::to_string(i + 1) + " is neither UTF-8 nor Latin-1 text",
                         {file_, 1, 1});
      out_.facts[i].name = fields[i].text;
    }
    if (!scanner_.next_record()) throw InputError("a header but no rows", {file_, 1, 1});
    CsvScanner ahead = scanner_;
    const std::vector<Field> below = read_fields(ahead);
    const auto units = std::ranges::count_if(below, [](const Field& f) { return is_unit(f.text); });
    const bool numbers =
        std::ranges::any_of(below, [&](const Field& f) { return is_number(f.text, comma_); });
    if (numbers || static_cast<std::size_t>(units) < dimension_) return;
    for (const Field& field : below) out_.units.push_back(field.text);
    out_.units.resize(std::max(out_.units.size(), out_.facts.size()));
    scanner_ = ahead;
    if (!scanner_.next_record()) throw InputError("names and units but no rows", {file_, 1, 1});
  }

  void choose_by_name() {
    out_.columns.label = named_label(request_, out_.facts);
    out_.columns.points = named_columns(request_, out_.facts);
    if (!out_.columns.points.empty()) return;
    for (std::size_t i = 0; i < out_.facts.size(); ++i)
      if (i != out_.columns.label) out_.columns.points.push_back(i);
    if (out_.columns.points.size() < dimension_)
      throw InputError(
          "too few columns: " + std::to_string(dimension_) + " of numbers are needed beside the labels",
          {file_, 1, 1});
    if (out_.columns.points.size() > dimension_) out_.columns.points.clear();  // columns must be chosen
  }

  void choose() {
    out_.columns = chosen_columns(request_, out_.facts, out_.columns.label);
    if (out_.columns.points.size() == dimension_) return;
    std::string why;
    for (const std::size_t i : out_.columns.points)
      why += (why.empty() ? "" : ", ") + column_words(out_.facts, i);
    throw InputError("too few columns of numbers: " + std::to_string(dimension_) +
                         (dimension_ == 1 ? " is" : " are") + " needed, of " +
                         std::to_string(out_.facts.size()) + " columns " +
                         (why.empty() ? "none" : "only " + why) + " holds numbers",
                     {file_, 1, 1});
  }

  void look_at_row(bool profile) {
    std::string_view field;
    std::size_t i = 0;
    const std::size_t width = out_.facts.size();
    const auto row = static_cast<std::int64_t>(out_.rows);
    for (; scanner_.next_field(field); ++i) {
      if (i >= width) {
        if (!field.empty()) throw too_long(i, scanner_.position());
      } else if (profile && !is_missing(field)) {
        look_at(out_.facts[i], field, row);
      }
    }
    if (i < width)
      throw InputError("too few columns: the row ends before " + out_.column(i), scanner_.position());
    ++out_.rows;
  }

  void look_at(ColumnFacts& facts, std::string_view field, std::int64_t row) const {
    double value = 0;
    if (parse_number(field, DecimalSign::point, value) == std::errc())
      facts.add_number(value, row);
    else if (is_number(field, comma_))
      facts.add_number(0.5, row);  // a fraction: the column is no row counter
    else
      ++facts.words;
  }

  // The error for a row that is too long: `extra` is the index of the first field too many, `at` its place.
  InputError too_long(std::size_t extra, const SourcePosition& at) {
    std::size_t count = extra + 1;
    for (std::string_view field; scanner_.next_field(field);) ++count;
    const std::size_t width = out_.facts.size();
    const char* remedy = count == 2 * width ? "; the decimal sign is the point"
                         : out_.header && out_.rows == 0 && count == width + 1
                             ? "; a column of row names needs a name too"
                             : "";
    return InputError("too many columns: the row has " + std::to_string(count) + " fields and the " +
                          (out_.header ? "header " : "first row ") + std::to_string(width) + remedy,
                      at);
  }

  const std::string& file_;
  const TableRequest& request_;
  std::size_t dimension_;
  bool comma_;  // may be the decimal sign
  CsvScanner scanner_;
  CsvLayout out_;
};

}  // namespace

std::string CsvLayout::column(std::size_t index) const {
  const std::string& name = facts[index].name;
  return "column " + (name.empty() ? std::to_string(index + 1) : printable(name));
}

CsvLayout look_over(std::string_view text, char separator, const std::string& file,
                    const TableRequest& request) {
  return CsvLook(text, separator, file, request).look();
}

}  // namespace iem
