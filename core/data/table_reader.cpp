#include "core/data/table_reader.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/base/embedded.h"
#include "core/base/error.h"

namespace iem {

std::string read_file(const std::string& path) {
  const auto fail = [&](const std::string& why) { return InputError(why, {path, 0, 0}, ErrorKind::io); };
  if (path.starts_with("builtin:")) {
    const auto bytes = embedded_file("data/" + path.substr(8));
    if (bytes.data() == nullptr) throw fail("there is no embedded file of this name");
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw fail("is a folder, not a file");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw fail(std::strerror(errno));
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) throw fail("could not be read to its end");
  return bytes;
}

namespace {

struct Cell {
  std::string text;
  int column = 1;  // where it begins in its line
};

// Lines and cells of a csv, RFC 4180 quotes included (a quoted cell stays on one line here).
class CsvLines {
 public:
  CsvLines(std::string_view text, std::string file) : rest_(text), file_(std::move(file)) {
    if (rest_.starts_with("\xef\xbb\xbf")) rest_.remove_prefix(3);
    const std::string_view first = rest_.substr(0, rest_.find('\n'));
    for (char candidate : {',', ';', '\t'})
      if (first.find(candidate) != std::string_view::npos) {
        separator_ = candidate;
        break;
      }
  }

  // The cells of the next line that is not empty; false at the end. `cells` keeps its memory from line to
  // line.
  bool next(std::vector<Cell>& cells) {
    while (!rest_.empty()) {
      const std::size_t end = rest_.find('\n');
      std::string_view line = rest_.substr(0, end);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
      ++number_;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
      split(line, cells);
      return true;
    }
    return false;
  }

  InputError error(int column, const std::string& message) const {
    return InputError(message, {file_, number_, column});
  }

 private:
  void split(std::string_view line, std::vector<Cell>& cells) {
    std::size_t used = 0, at = 0;
    while (true) {
      if (used == cells.size()) cells.emplace_back();
      Cell& cell = cells[used++];
      cell.column = static_cast<int>(at) + 1;
      at = take_cell(line, at, cell.text);
      if (at >= line.size()) break;
      ++at;  // the separator
    }
    cells.resize(used);
  }

  std::size_t take_cell(std::string_view line, std::size_t at, std::string& text) {
    const std::size_t start = line.find_first_not_of(' ', at);
    text.clear();
    if (start == std::string_view::npos || line[start] != '"') {
      const std::size_t end = std::min(line.find(separator_, at), line.size());
      std::string_view plain = line.substr(at, end - at);
      while (plain.starts_with(' ')) plain.remove_prefix(1);
      while (plain.ends_with(' ')) plain.remove_suffix(1);
      text = plain;
      return end;
    }
    for (std::size_t i = start + 1; i < line.size(); ++i) {
      if (line[i] != '"') {
        text += line[i];
      } else if (i + 1 < line.size() && line[i + 1] == '"') {
        text += line[++i];
      } else {
        return std::min(line.find(separator_, i + 1), line.size());
      }
    }
    throw error(static_cast<int>(start) + 1, "a quoted cell is not closed on its line");
  }

  std::string_view rest_;
  std::string file_;
  char separator_ = ',';
  int number_ = 0;
};

bool parse_number(const std::string& text, double& value) {
  const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
  const auto result = std::from_chars(begin, text.data() + text.size(), value);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

// "bill_length_mm" -> "bill length" in "mm".
void name_axis(const std::string& header, std::string& name, std::string& unit) {
  name = header;
  const std::size_t last = header.rfind('_');
  for (const char* known : {"mm", "cm", "m", "min", "s", "kg", "g"})
    if (last != std::string::npos && header.substr(last + 1) == known) {
      unit = known;
      name = header.substr(0, last);
    }
  std::replace(name.begin(), name.end(), '_', ' ');
}

// Which columns are read, from the header if there is one.
struct Columns {
  std::vector<std::size_t> points;
  std::size_t label = std::string::npos;
  std::vector<std::string> titles;
};

class CsvReader {
 public:
  CsvReader(std::string_view text, const std::string& file, int dimension)
      : lines_(text, file),
        file_(file),
        dimension_(static_cast<std::size_t>(dimension)) {}

  Dataset read() {
    std::vector<Cell> cells;
    if (!lines_.next(cells)) throw InputError("the file is empty", {file_, 1, 1});
    choose_columns(cells);
    const bool has_header = is_header(cells);
    if (has_header) {
      read_header(cells);
      if (!lines_.next(cells)) throw InputError("the file has a header but no points", {file_, 1, 1});
    }
    do {
      read_row(cells);
    } while (lines_.next(cells));
    return finish();
  }

 private:
  bool is_header(const std::vector<Cell>& cells) const {
    double value = 0;
    return std::none_of(cells.begin(), cells.end(),
                        [&](const Cell& cell) { return parse_number(cell.text, value); });
  }

  void choose_columns(const std::vector<Cell>& cells) {
    if (cells.size() < dimension_)
      throw lines_.error(1, "needs at least " + std::to_string(dimension_) + " columns, this line has " +
                                std::to_string(cells.size()));
    for (std::size_t c = 0; c < dimension_; ++c) columns_.points.push_back(c);
  }

  void read_header(const std::vector<Cell>& cells) {
    columns_.points.clear();
    for (std::size_t c = 0; c < cells.size(); ++c) {
      columns_.titles.push_back(cells[c].text);
      if (cells[c].text == "label") {
        columns_.label = c;
      } else if (columns_.points.size() < dimension_) {
        columns_.points.push_back(c);
      }
    }
    if (columns_.points.size() < dimension_)
      throw lines_.error(1, "needs " + std::to_string(dimension_) + " columns beside label");
    for (std::size_t c : columns_.points) {
      data_.names.emplace_back();
      data_.units.emplace_back();
      name_axis(cells[c].text, data_.names.back(), data_.units.back());
    }
  }

  std::string title(std::size_t column) const {
    return column < columns_.titles.size() ? "column " + columns_.titles[column]
                                           : "column " + std::to_string(column + 1);
  }

  double number(const std::vector<Cell>& cells, std::size_t column) const {
    if (column >= cells.size())
      throw lines_.error(
          1, title(column) + " is missing: this line has " + std::to_string(cells.size()) + " cells");
    const Cell& cell = cells[column];
    double value = 0;
    if (!parse_number(cell.text, value))
      throw lines_.error(cell.column,
                         title(column) + ": \"" + cell.text.substr(0, 40) + "\" is not a number");
    if (!std::isfinite(value)) throw lines_.error(cell.column, title(column) + ": must be finite");
    return value;
  }

  void read_row(const std::vector<Cell>& cells) {
    for (std::size_t column : columns_.points) values_.push_back(number(cells, column));
    if (columns_.label == std::string::npos) return;
    const double label = number(cells, columns_.label);
    if (label != std::floor(label) || label < -1 || label > 1e6)
      throw lines_.error(cells[columns_.label].column,
                         "label: must be a whole number from -1 (unlabelled) up");
    labels_.push_back(static_cast<int>(label));
  }

  Dataset finish() {
    const auto columns = static_cast<Eigen::Index>(dimension_);
    const auto rows = static_cast<Eigen::Index>(values_.size()) / columns;
    data_.points = Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
        values_.data(), rows, columns);
    if (!labels_.empty()) data_.labels = Eigen::Map<const Eigen::VectorXi>(labels_.data(), rows);
    return std::move(data_);
  }

  CsvLines lines_;
  std::string file_;
  std::size_t dimension_;
  Columns columns_;
  std::vector<double> values_;
  std::vector<int> labels_;
  Dataset data_;
};

}  // namespace

Dataset read_csv(std::string_view text, const std::string& file, int dimension) {
  return CsvReader(text, file, dimension).read();
}

}  // namespace iem
