// csv to points: which columns count, and what stands in them.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <span>

#include "core/base/utf8.h"
#include "core/data/csv_scanner.h"
#include "core/data/labels.h"
#include "core/data/table_reader.h"

namespace iem {
namespace {

// The number a field holds; from_chars knows no locale, no blanks and no leading plus.
std::from_chars_result parse_number(std::string_view field, double& number) {
  if (field.size() > 1 && field[0] == '+' && field[1] != '-') field.remove_prefix(1);
  const auto result = std::from_chars(field.data(), field.data() + field.size(), number);
  if (result.ec == std::errc() && result.ptr != field.data() + field.size())
    return {result.ptr, std::errc::invalid_argument};
  return result;
}

bool is_number(std::string_view field) {
  double ignored = 0;
  return parse_number(field, ignored).ec != std::errc::invalid_argument;
}

// Written as a number, though as none that is read here: "1,5", "$1", "0x10", "1e", "1.5D+02", "10%".
bool resembles_number(std::string_view field) {
  constexpr std::string_view kBefore = "+-.,$", kDigits = "0123456789";
  if (!field.empty() && kBefore.find(field.front()) != std::string_view::npos) field.remove_prefix(1);
  if (field.empty() || kDigits.find(field.front()) == std::string_view::npos) return false;
  if (field.starts_with("0x") || field.starts_with("0X"))
    return field.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos;
  return field.find_first_not_of("0123456789eEdD+-.,'_% ") == std::string_view::npos;
}

// What tables write where a value is missing; "Na" is sodium.
bool is_missing(std::string_view field) {
  constexpr std::array<std::string_view, 14> kWords = {"",    "?",    "-",    ".",    "NA",   "na",   "N/A",
                                                       "n/a", "#N/A", "NULL", "null", "None", "none", "nil"};
  return std::ranges::find(kWords, field) != kWords.end();
}

// Whether a first row is a header. One that holds a number, or a sign for a missing one, is data: taken for
// names it would vanish without a word. A name may be left out, as tables with a column of row names do.
bool names_columns(std::span<const std::string> fields) {
  bool named = false;
  for (const std::string& field : fields) {
    if (is_number(field) || resembles_number(field)) return false;
    if (!field.empty() && is_missing(field)) return false;
    named = named || !field.empty();
  }
  return named;
}

bool is_label_name(std::string_view name) {
  constexpr std::string_view kLabel = "label";
  return std::ranges::equal(name, kLabel, [](char a, char b) { return a == b || a == b - 'a' + 'A'; });
}

// Which columns of the table are read, and what they are called in messages.
struct Layout {
  std::vector<std::size_t> points;  // D column numbers
  std::size_t label = SIZE_MAX;     // SIZE_MAX: none
  std::vector<std::string> names;   // of every column; empty without a header
  std::size_t width = 0;            // fields of the first row, empty ones at its end not counted

  std::string column(std::size_t index) const {
    if (index < names.size() && !names[index].empty()) return "column " + printable(names[index]);
    return "column " + std::to_string(index + 1);
  }
};

// "bill_length_mm" is the axis "bill length" in mm.
void split_unit(const std::string& column, std::string& name, std::string& unit) {
  constexpr std::array<std::string_view, 7> kUnits = {"mm", "cm", "m", "min", "s", "kg", "g"};
  name = column;
  const auto last = column.rfind('_');
  if (last != std::string::npos && last > 0)
    if (const auto suffix = column.substr(last + 1); std::ranges::find(kUnits, suffix) != kUnits.end()) {
      unit = suffix;
      name.resize(last);
    }
  std::ranges::replace(name, '_', ' ');
}

class CsvReader {
 public:
  CsvReader(std::string_view text, char separator, const std::string& file, int dimension)
      : file_(file),
        dimension_(static_cast<std::size_t>(dimension)),
        scanner_(text, separator, file),
        text_(text) {}

  Dataset read() {
    if (!read_layout()) throw InputError("a header but no rows", {file_, 1, 1});
    reserve();
    do read_row();
    while (scanner_.next_record());
    return dataset();
  }

 private:
  // Looks at the first record; true if the scanner then stands at a row of data.
  bool read_layout() {
    if (!scanner_.next_record()) throw InputError("the file is empty", {file_, 1, 1});
    CsvScanner ahead = scanner_;
    std::vector<std::string> fields;
    for (std::string_view field; ahead.next_field(field);) fields.emplace_back(field);
    const bool header = names_columns(std::span(fields).first(std::min(fields.size(), dimension_)));
    if (header) take_header(fields);
    for (std::size_t i = 0; i < fields.size() && layout_.points.size() < dimension_; ++i)
      if (i != layout_.label) layout_.points.push_back(i);
    if (layout_.points.size() < dimension_)
      throw InputError("too few columns: " + std::to_string(dimension_) +
                           (dimension_ == 1 ? " column of numbers is" : " columns of numbers are") +
                           " needed, separated by comma, semicolon or tab",
                       ahead.position());
    layout_.width = fields.size();
    while (layout_.width > layout_.points.back() + 1 && fields[layout_.width - 1].empty()) --layout_.width;
    first_row_ = !header;
    if (!header) return true;
    scanner_ = ahead;
    return scanner_.next_record();
  }

  void take_header(const std::vector<std::string>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (invalid_utf8(fields[i]) != fields[i].size())
        throw InputError("the name of column " + std::to_string(i + 1) + " is not UTF-8 text", {file_, 1, 1});
      if (is_label_name(fields[i]) && layout_.label == SIZE_MAX) layout_.label = i;
    }
    layout_.names = fields;
  }

  void reserve() {
    // No row is shorter than a digit and a separator per column.
    const std::size_t most = text_.size() / (2 * dimension_) + 1;
    const std::size_t lines =
        std::min<std::size_t>(most, 1 + static_cast<std::size_t>(std::ranges::count(text_, '\n')));
    columns_.resize(dimension_);
    for (auto& column : columns_) column.reserve(lines);
    if (layout_.label != SIZE_MAX) labels_.reserve(lines);
  }

  void read_row() {
    std::string_view field;
    std::size_t i = 0;
    for (; scanner_.next_field(field); ++i) {
      const auto point = std::ranges::find(layout_.points, i);
      if (i >= layout_.width) {
        if (!field.empty()) throw too_long(i, scanner_.position());
      } else if (point != layout_.points.end()) {
        columns_[static_cast<std::size_t>(point - layout_.points.begin())].push_back(number(field, i));
      } else if (i == layout_.label) {
        labels_.push_back(label(field));
      }
    }
    if (i < layout_.width)
      throw InputError("too few columns: the row ends before " + layout_.column(i), scanner_.position());
    first_row_ = false;
  }

  // Of the field `extra` at `at`, the first that is too many.
  InputError too_long(std::size_t extra, const SourcePosition& at) {
    std::size_t count = extra + 1;
    for (std::string_view field; scanner_.next_field(field);) ++count;
    const std::string first = layout_.names.empty() ? "first row" : "header";
    const bool twice = count == 2 * layout_.width;
    return InputError("too many columns: the row has " + std::to_string(count) + " fields and the " + first +
                          " " + std::to_string(layout_.width) +
                          (twice ? "; the decimal sign is the point" : ""),
                      at);
  }

  double number(std::string_view field, std::size_t column) {
    double out = 0;
    const auto result = parse_number(field, out);
    if (result.ec == std::errc() && std::isfinite(out)) return out;
    const std::string where = layout_.column(column) + ": ";
    if (field.empty()) throw InputError(where + "no number", scanner_.position());
    const std::string what = where + "\"" + printable(field) + "\"";
    if (result.ec == std::errc())
      throw InputError(what + " is not allowed: numbers must be finite", scanner_.position());
    if (result.ec == std::errc::result_out_of_range)
      throw InputError(what + " is beyond the range of double precision", scanner_.position());
    const bool decimal_comma = field.find(',') != std::string_view::npos;
    throw InputError("text in a number column: " + what + " is not a number" +
                         (decimal_comma ? "; the decimal sign is the point"
                          : first_row_  ? ": a first row holds either names or numbers"
                                        : ""),
                     scanner_.position());
  }

  int label(std::string_view field) {
    if (field.empty()) return -1;
    double number = 0;
    int out = 0;
    if (parse_number(field, number).ec == std::errc() && label_of(number, out)) return out;
    throw InputError("column label: \"" + printable(field) + "\" is not a label: " + kLabelRule,
                     scanner_.position());
  }

  Dataset dataset() {
    Dataset out;
    const auto count = static_cast<Eigen::Index>(columns_.front().size());
    out.points.resize(count, static_cast<Eigen::Index>(dimension_));
    for (std::size_t d = 0; d < dimension_; ++d)
      out.points.col(static_cast<Eigen::Index>(d)) =
          Eigen::Map<const Eigen::VectorXd>(columns_[d].data(), count);
    if (!labels_.empty()) out.labels = Eigen::Map<const Eigen::VectorXi>(labels_.data(), count);
    if (layout_.names.empty()) return out;
    out.names.resize(dimension_);
    out.units.resize(dimension_);
    for (std::size_t d = 0; d < dimension_; ++d)
      split_unit(layout_.names[layout_.points[d]], out.names[d], out.units[d]);
    return out;
  }

  const std::string& file_;
  std::size_t dimension_;
  CsvScanner scanner_;
  std::string_view text_;
  Layout layout_;
  bool first_row_ = false;  // the row that is being read is the first of a table without a header
  std::vector<std::vector<double>> columns_;
  std::vector<int> labels_;
};

}  // namespace

Dataset read_csv(std::string_view text, const std::string& file, int dimension) {
  // Programs that add a mark do not look whether there is one.
  while (text.starts_with(kUtf8Bom)) text.remove_prefix(kUtf8Bom.size());
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    throw InputError("UTF-16 text: save the table as UTF-8", {file});
  const char said = separator_line(text, file);
  return CsvReader(text, said != 0 ? said : csv_separator(text), file, dimension).read();
}

}  // namespace iem
