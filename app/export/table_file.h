// A table with the description that stands beside it, under the same name and ".json": from it the table can
// be read back without the command that made it (core/session/run_record.h). Every table of a run is written
// here.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/data/table_column.h"

namespace iem {

// The name of the description; empty where the table goes through a stream (/dev/stdout, a pipe), beside
// which nothing can stand, and for .tex, which is not read back.
std::string companion_of(const std::string& table);

// A table that is being written, of any length. The first line is that of its columns, so that header and
// description cannot differ. A table that is called .tex becomes a tabular for a paper that loads booktabs,
// numbers to six digits. commit() puts both files in their places; without it nothing is left of either.
// Throws InputError (ErrorKind::io) that names the file which cannot be written.
class TableFile {
 public:
  TableFile(const std::string& path, std::vector<TableColumn> columns);

  // Whole rows of csv.
  void write(std::string_view rows);
  // `about` says where the numbers come from; the columns are added.
  void commit(nlohmann::ordered_json about);

 private:
  void write_tex_head();
  void write_tex(std::string_view rows);

  std::vector<TableColumn> columns_;
  bool is_tex_;
  AtomicFile table_;
  std::unique_ptr<AtomicFile> companion_;  // null: a stream has none
};

}  // namespace iem
