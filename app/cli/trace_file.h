// The trace of a run and its description, written while it steps: the table may be longer than memory.
#pragma once

#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "app/export/table_file.h"
#include "core/run/run.h"

namespace iem::cli {

class TraceFile {
 public:
  // The metrics of `setup` get a column: the model's between grad_norm and identity_error, behind that the
  // lab's in `lab_ids` (core/run/metric.h).
  TraceFile(const std::string& path, const Setup& setup, std::vector<std::string> lab_ids);

  // Writes the row of the run's present step. After an error nothing more is written and finish() throws it,
  // so that the run goes on and its other files are made.
  void add(const Run& run);
  // `about` is the record of the run at its end.
  void finish(const nlohmann::ordered_json& about);

 private:
  std::string row(const Run& run) const;

  std::unique_ptr<TableFile> file_;
  std::vector<std::string> ids_, lab_ids_;
  std::exception_ptr failure_;
};

}  // namespace iem::cli
