// csv to points: the second look, at the columns that count.
#include <algorithm>
#include <optional>

#include "core/base/utf8.h"
#include "core/data/csv_labels.h"
#include "core/data/csv_layout.h"
#include "core/data/csv_numbers.h"
#include "core/data/csv_scanner.h"
#include "core/data/missing_rows.h"
#include "core/data/table_reader.h"
#include "core/data/text_encoding.h"

namespace iem {
namespace {

class CsvReader {
 public:
  CsvReader(std::string_view text, char separator, const std::string& file, const TableRequest& request)
      : file_(file),
        drop_missing_(request.drop_missing),
        layout_(look_over(text, separator, file, request)),
        scanner_(layout_.first),
        numbers_(separator) {
    if (layout_.columns.label != Columns::kNone)
      labels_.emplace(file, layout_.column(layout_.columns.label), request.label.given());
  }

  Dataset read() {
    columns_.resize(layout_.columns.points.size());
    for (auto& column : columns_) column.reserve(layout_.rows);
    if (labels_) labels_->reserve(layout_.rows);
    for (const std::size_t point : layout_.columns.points) names_.push_back(layout_.column(point));
    row_.resize(columns_.size());
    for (std::size_t row = 0; row < layout_.rows; ++row) {
      if (row > 0) scanner_.next_record();
      read_row(row == 0 && !layout_.header);
    }
    return dataset();
  }

 private:
  void read_row(bool first) {
    const auto& points = layout_.columns.points;
    std::string_view field;
    bool missing = false;
    for (std::size_t i = 0; scanner_.next_field(field); ++i) {
      if (i == layout_.columns.label) label_ = field, label_at_ = scanner_.place();
      const auto point = std::ranges::find(points, i);
      if (point == points.end()) continue;
      const auto d = static_cast<std::size_t>(point - points.begin());
      const bool is = !is_missing(field);
      if (is) row_[d] = read_number(field, d, first);
      if (!is && missing_.first()) missing_.see(missing_words(field, d, first), scanner_.position());
      missing = missing || !is;
    }
    missing_.count(missing);
    if (missing) return;
    for (std::size_t d = 0; d < row_.size(); ++d) columns_[d].push_back(row_[d]);
    if (labels_) labels_->add(label_, label_at_);
  }

  double read_number(std::string_view field, std::size_t d, bool first) {
    try {
      return numbers_.read(field);
    } catch (const CsvNumbers::Misfit& misfit) {
      const bool text = misfit.kind == CsvNumbers::Misfit::Kind::text;
      std::string said = names_[d] + ": \"" + printable(field) + "\"" + misfit.words;
      if (text) said = "text in a number column: " + said + (first && misfit.plain ? kFirstRow : "");
      if (misfit.kind == CsvNumbers::Misfit::Kind::two_signs) said = "two decimal signs: " + said;
      throw InputError(said, scanner_.position());
    }
  }

  std::string missing_words(std::string_view field, std::size_t d, bool first) const {
    if (field.empty()) return names_[d] + ": no number";
    return "text in a number column: " + names_[d] + ": \"" + printable(field) + "\" is not a number" +
           (first ? kFirstRow : "");
  }

  Dataset dataset() {
    Dataset out;
    const auto count = static_cast<Eigen::Index>(columns_.front().size());
    out.points.resize(count, static_cast<Eigen::Index>(columns_.size()));
    out.words = layout_.columns.words;
    if (!layout_.columns.note.empty()) out.notes.push_back(layout_.columns.note);
    missing_.settle(drop_missing_, file_, out);
    if (const std::string doubt = numbers_.doubt(); !doubt.empty()) out.notes.push_back(doubt);
    for (std::size_t d = 0; d < columns_.size(); ++d)
      out.points.col(static_cast<Eigen::Index>(d)) =
          Eigen::Map<const Eigen::VectorXd>(columns_[d].data(), count);
    if (labels_) labels_->put_into(out);
    if (layout_.header) name_axes(out);
    if (layout_.latin1 || (labels_ && labels_->latin1())) out.notes.emplace_back(kLatin1Note);
    return out;
  }

  void name_axes(Dataset& out) const {
    const auto& points = layout_.columns.points;
    out.names.resize(points.size());
    out.units.resize(points.size());
    out.columns.resize(points.size());
    for (std::size_t d = 0; d < points.size(); ++d) {
      out.columns[d] = layout_.facts[points[d]].name;
      split_unit(out.columns[d], out.names[d], out.units[d]);
      if (points[d] >= layout_.units.size() || layout_.units[points[d]].empty()) continue;
      std::string& unit = out.units[d] = layout_.units[points[d]];
      const bool bracketed = unit.front() == '[' || unit.front() == '(';
      if (bracketed) unit = unit.substr(1, unit.size() - 2);
    }
  }

  static constexpr const char* kFirstRow = ": a first row holds either names or numbers";

  const std::string& file_;
  bool drop_missing_;
  CsvLayout layout_;
  CsvScanner scanner_;
  CsvNumbers numbers_;
  MissingRows missing_;
  std::vector<std::string> names_;  // of the columns read, for messages
  std::vector<std::vector<double>> columns_;
  std::vector<double> row_;
  std::optional<CsvLabels> labels_;
  std::string label_;
  CsvPlace label_at_;
};

// Where only one column is wanted, blanks in the first line do not separate: they may belong to its only
// name.
char separator_of(std::string_view text, const TableRequest& request) {
  const char separator = csv_separator(text);
  return separator == ' ' && request.dimension == 1 ? ',' : separator;
}

}  // namespace

Dataset read_csv(std::string_view text, const std::string& file, const TableRequest& request) {
  // There may be several byte order marks: programs add one without looking whether there is one already.
  while (text.starts_with(kUtf8Bom)) text.remove_prefix(kUtf8Bom.size());
  if (is_utf16(text)) return read_csv(utf8_from_utf16(text, file), file, request);
  const char said = separator_line(text, file);
  const char separator = said != 0 ? said : separator_of(text, request);
  return CsvReader(text, separator, file, request).read();
}

}  // namespace iem
