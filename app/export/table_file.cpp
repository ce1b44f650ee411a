#include "app/export/table_file.h"

#include <array>
#include <cmath>
#include <utility>

#include "app/export/escape.h"
#include "core/base/number.h"
#include "core/base/read_number.h"
#include "core/base/words.h"
#include "core/session/run_record.h"

namespace iem {
namespace {

bool is_tex_table(const std::string& path) { return lower_case(path).ends_with(".tex"); }

// The fields of the row that begins at `at`, which moves behind it.
std::vector<std::string> next_fields(std::string_view rows, std::size_t& at) {
  std::vector<std::string> out(1);
  for (bool quoted = false; at < rows.size();) {
    const char c = rows[at++];
    if (c == '"' && quoted && at < rows.size() && rows[at] == '"')
      out.back() += rows[at++];
    else if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      out.emplace_back();
    else if (c == '\n' && !quoted)
      break;
    else
      out.back() += c;
  }
  return out;
}

bool reads_as_number(const std::string& field, double& number) {
  const char* end = field.data() + field.size();
  const auto read = read_number(field.data(), end, number);
  return read.ec == std::errc() && read.ptr == end;
}

// Whole numbers as they stand, others to the digits that are read; what is not defined is a dash.
std::string tex_field(const std::string& field, bool is_text) {
  double number = 0;
  if (is_text || !reads_as_number(field, number)) return tex_escaped(field);
  if (!std::isfinite(number)) return "--";
  const bool whole = field.find_first_not_of("-0123456789") == std::string::npos;
  return "$" + (whole ? field : number_tex(number, 6)) + "$";
}

}  // namespace

std::string companion_of(const std::string& table) {
  const bool none = table.empty() || is_tex_table(table) || is_written_through(table);
  return none ? std::string() : table + ".json";
}

TableFile::TableFile(const std::string& path, std::vector<TableColumn> columns)
    : columns_(std::move(columns)),
      is_tex_(is_tex_table(path)),
      table_(path) {
  if (const std::string companion = companion_of(path); !companion.empty())
    companion_ = std::make_unique<AtomicFile>(companion);
  if (is_tex_) {
    write_tex_head();
    return;
  }
  std::string header;
  for (const TableColumn& column : columns_) header += (header.empty() ? "" : ",") + csv_field(column.id);
  table_.write(header + "\n");
}

void TableFile::write(std::string_view rows) { is_tex_ ? write_tex(rows) : table_.write(rows); }

void TableFile::write_tex_head() {
  std::string kinds, names;
  for (const TableColumn& column : columns_) {
    kinds += 'l';
    names += (names.empty() ? "" : " & ") + tex_escaped(column.label.empty() ? column.id : column.label);
  }
  table_.write("% In the preamble: \\usepackage{booktabs}\n\\begin{tabular}{" + kinds + "}\n\\toprule\n" +
               names + " \\\\\n\\midrule\n");
}

void TableFile::write_tex(std::string_view rows) {
  for (std::size_t at = 0; at < rows.size();) {
    const std::vector<std::string> fields = next_fields(rows, at);
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i)
      line += (i ? " & " : "") + tex_field(fields[i], i < columns_.size() && columns_[i].id == "hash");
    table_.write(line + " \\\\\n");
  }
}

void TableFile::commit(nlohmann::ordered_json about) {
  if (is_tex_) table_.write("\\bottomrule\n\\end{tabular}\n");
  if (!companion_) return table_.commit();
  about["columns"] = nlohmann::ordered_json::array();
  for (const TableColumn& column : columns_) about["columns"].push_back(column_json(column));
  companion_->write(record_text(about));
  commit_together(std::array{companion_.get(), &table_});
}

}  // namespace iem
