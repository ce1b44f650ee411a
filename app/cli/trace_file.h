// The trace of a run, written while it steps: the table may be longer than memory.
#pragma once

#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/run/run.h"

namespace iem::cli {

class TraceFile {
 public:
  // `ids` are the model's metrics that get a column, between grad_norm and identity_error; behind that come
  // the lab's in `lab_ids` (core/run/metric.h).
  TraceFile(const std::string& path, std::vector<std::string> ids, std::vector<std::string> lab_ids);

  // Writes the row of the run's present step. After an error nothing more is written and finish() throws it,
  // so that the run goes on and its other files are made.
  void add(const Run& run);
  void finish();

 private:
  std::string row(const Run& run) const;

  std::unique_ptr<AtomicFile> file_;
  std::vector<std::string> ids_, lab_ids_;
  std::exception_ptr failure_;
};

}  // namespace iem::cli
