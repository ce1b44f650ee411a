#include "app/cli/trace_file.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/cli/tables.h"
#include "core/labs/kit/lab.h"
#include "core/run/identity.h"

namespace iem::cli {

TraceFile::TraceFile(const std::string& path, const Setup& setup, std::vector<std::string> lab_ids)
    : ids_(setup.model->metric_ids()),
      lab_ids_(std::move(lab_ids)) {
  std::vector<TableColumn> columns = loss_columns(setup);
  for (const auto& ids : {ids_, std::vector<std::string>{"identity_error"}, lab_ids_})
    std::ranges::move(metric_columns(setup, ids), std::back_inserter(columns));
  file_ = std::make_unique<TableFile>(path, std::move(columns));
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

void TraceFile::finish(const nlohmann::ordered_json& about) {
  if (failure_) std::rethrow_exception(failure_);
  nlohmann::ordered_json json = about;
  json["table"] = "trace";
  file_->commit(std::move(json));
}

}  // namespace iem::cli
