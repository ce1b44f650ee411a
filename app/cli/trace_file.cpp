#include "app/cli/trace_file.h"

#include <algorithm>
#include <cmath>
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
  const std::vector<std::string> known = run.setup().model->metric_ids();
  for (const std::string& id : ids_) {
    const auto at = std::find(known.begin(), known.end(), id) - known.begin();
    out += "," + exact(at < now.metrics.size() ? now.metrics[at] : std::nan(""));
  }
  out += "," + exact(identity_error(run));
  const std::vector<Metric>& metrics = run.setup().problem().metrics();
  for (const std::string& id : lab_ids_) {
    const auto metric = std::ranges::find(metrics, id, &Metric::id);
    out += "," + exact(metric == metrics.end() ? std::nan("") : metric_number(*metric, run));
  }
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
