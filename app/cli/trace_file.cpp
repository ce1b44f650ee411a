#include "app/cli/trace_file.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/cli/tables.h"
#include "core/check/identity.h"

namespace iem::cli {

TraceFile::TraceFile(const std::string& path, std::vector<std::string> ids)
    : file_(std::make_unique<AtomicFile>(path)),
      ids_(std::move(ids)) {
  std::string header = "step,loss,grad_norm";
  for (const std::string& id : ids_) header += "," + id;
  file_->write(header + ",identity_error\n");
}

// Metrics may come and go with an edit on the way: those the model does not have now are nan.
std::string TraceFile::row(const Run& run) const {
  const Evaluation& now = run.evaluation();
  std::string out =
      std::to_string(run.state().step) + "," + exact(now.loss) + "," + exact(now.gradient_norm());
  const std::vector<std::string> known = run.setup().model->metric_ids();
  for (const std::string& id : ids_) {
    const auto at = std::find(known.begin(), known.end(), id) - known.begin();
    out += "," + exact(at < now.metrics.size() ? now.metrics[at] : std::nan(""));
  }
  return out + "," + exact(identity_error(run)) + "\n";
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
