#include "app/export/table_file.h"

#include <array>
#include <utility>

#include "app/export/escape.h"
#include "core/session/run_record.h"

namespace iem {

std::string companion_of(const std::string& table) {
  return table.empty() || is_written_through(table) ? std::string() : table + ".json";
}

TableFile::TableFile(const std::string& path, std::vector<TableColumn> columns)
    : columns_(std::move(columns)),
      table_(path) {
  if (const std::string companion = companion_of(path); !companion.empty())
    companion_ = std::make_unique<AtomicFile>(companion);
  std::string header;
  for (const TableColumn& column : columns_) header += (header.empty() ? "" : ",") + csv_field(column.id);
  table_.write(header + "\n");
}

void TableFile::commit(nlohmann::ordered_json about) {
  if (!companion_) return table_.commit();
  about["columns"] = nlohmann::ordered_json::array();
  for (const TableColumn& column : columns_) about["columns"].push_back(column_json(column));
  companion_->write(record_text(about));
  commit_together(std::array{companion_.get(), &table_});
}

}  // namespace iem
