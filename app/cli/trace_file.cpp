#include "app/cli/trace_file.h"

#include <algorithm>
#include <utility>

#include "app/cli/tables.h"
#include "core/labs/kit/lab.h"
#include "core/run/identity.h"

namespace iem::cli {

TraceFile::TraceFile(const std::string& path, std::vector<std::string> ids, std::vector<std::string> lab_ids)
    : file_(std::make_unique<AtomicFile>(path)),
      ids_(std::move(ids)),
      lab_ids_(std::move(lab_ids)) {
  std::string header = "step,loss,grad_norm";
  for (const std::string& id : ids_) header += "," + id;
  header += ",identity_error";
  for (const std::string& id : lab_ids_) header += "," + id;
  file_->write(header + "\n");
}

// Metrics may come and go with an edit on the way: those the model does not have now are nan.
std::string TraceFile::row(const Run& run) const {
  const Evaluation& now = run.evaluation();
  std::string out =
      std::to_string(run.state().step) + "," + exact(now.loss) + "," + exact(now.gradient_norm());
  for (const double number : model_numbers(run, ids_)) out += "," + exact(number);
  out += "," + exact(identity_error(run));
  for (const std::string& id : lab_ids_) out += "," + exact(metric_number(id, run));
  return out + "\n";
}

void TraceFile::add(const Run& run) {
  if (failure_) return;
  try {
    file_->write(row(run));
  } catch (...) {
    failure_ = std::current_exception();
    file_.reset();
  }
}

void TraceFile::finish() {
  if (failure_) std::rethrow_exception(failure_);
  file_->commit();
}

}  // namespace iem::cli
