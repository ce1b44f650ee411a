#include "app/cli/outputs.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>
#include <nlohmann/json.hpp>

#include "app/export/atomic_file.h"
#include "app/export/export.h"
#include "core/base/hash.h"
#include "core/check/identity.h"
#include "core/kernel/pass.h"
#include "core/lab/lab.h"
#include "core/scene/session.h"
#include "iem_version.h"

namespace iem::cli {
namespace {

using Json = nlohmann::ordered_json;

void append_number(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "nan";
    return;
  }
  char buffer[40];
  out.append(buffer,
             std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 17).ptr);
}

std::string trace_csv(const Run& run, const Report& report) {
  std::string out = "step,loss,grad_norm";
  for (const std::string& id : run.setup().model->metric_ids()) out += "," + id;
  out += ",identity_error\n";
  for (std::int64_t step = report.first_step; step <= run.state().step; ++step) {
    out += std::to_string(step);
    for (double value : run.history().row(step)) {
      out += ',';
      append_number(out, value);
    }
    out += ',';
    append_number(out, report.identity[static_cast<std::size_t>(step - report.first_step)]);
    out += '\n';
  }
  return out;
}

// Numbers in a nest of lists of the tensor's shape.
Json nested(const Tensor& tensor, std::size_t axis, std::size_t& at) {
  Json list = Json::array();
  for (std::int64_t i = 0; i < tensor.shape[axis]; ++i) {
    if (axis + 1 == tensor.shape.size()) {
      list.push_back(tensor.data[at++]);
    } else {
      list.push_back(nested(tensor, axis + 1, at));
    }
  }
  return list;
}

// JSON has no NaN.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string state_json(const Run& run) {
  Json parameters = Json::object(), metrics = Json::object();
  for (const NamedTensor& block : run.setup().model->natural(run.state().theta)) {
    std::size_t at = 0;
    parameters[block.name] = nested(block.tensor, 0, at);
  }
  const std::vector<std::string> ids = run.setup().model->metric_ids();
  for (std::size_t i = 0; i < ids.size(); ++i)
    metrics[ids[i]] = number(run.evaluation().metrics[static_cast<Eigen::Index>(i)]);
  metrics["identity_error"] = number(identity_error(run));
  const Json json = {{"format", 1},
                     {"program", std::string("iemlab ") + std::string(kVersion)},
                     {"lab", run.setup().lab->id()},
                     {"step", run.state().step},
                     {"loss", number(run.evaluation().loss)},
                     {"parameters", parameters},
                     {"metrics", metrics},
                     {"hash", hex(run.state().hash())}};
  return json.dump(1) + "\n";
}

std::string dump_csv(const Dump& dump) {
  std::string out;
  for (std::size_t i = 0; i < dump.header.size(); ++i) out += (i ? "," : "") + dump.header[i];
  out += '\n';
  for (Eigen::Index i = 0; i < dump.rows.rows(); ++i) {
    for (Eigen::Index j = 0; j < dump.rows.cols(); ++j) {
      if (j) out += ',';
      append_number(out, dump.rows(i, j));
    }
    out += '\n';
  }
  return out;
}

ExportOptions export_options(const RunOptions& options) {
  ExportOptions out;
  out.width_cm = options.width_cm;
  out.height_cm = options.height_cm;
  out.dpi = options.dpi;
  out.theme = paint::theme_from_name(options.theme);
  out.transparent = options.transparent;
  return out;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

void check_outputs(const RunOptions& options) {
  for (const std::string& text : options.figures) parse_output(text, "--figure");
  for (const std::string& text : options.dumps) parse_output(text, "--dump");
  export_options(options);
}

void check_outputs(const RunOptions& options, const Run& run) {
  const auto require = [](const std::string& what, const std::vector<std::string>& known,
                          const std::string& option) {
    if (std::find(known.begin(), known.end(), what) != known.end()) return;
    std::string list;
    for (const std::string& id : known) list += (list.empty() ? "" : ", ") + id;
    throw InputError(option + " " + what + ": must be one of " + list);
  };
  const Lab& lab = *run.setup().lab;
  std::vector<std::string> figures;
  for (const FigureType& figure : lab.figures()) figures.push_back(figure.id);
  for (const std::string& text : options.figures)
    require(parse_output(text, "--figure").what, figures, "--figure");
  for (const std::string& text : options.dumps)
    require(parse_output(text, "--dump").what, lab.dumps(), "--dump");
}

void write_outputs(const RunOptions& options, const Run& run, const Report& report) {
  if (!options.trace.empty()) write_file_atomically(options.trace, trace_csv(run, report));
  if (!options.state.empty()) write_file_atomically(options.state, state_json(run));
  if (!options.session.empty())
    write_file_atomically(options.session, save_session(run, run.setup().config()));
  if (options.dumps.empty() && options.figures.empty()) return;

  const bool all_rows = !options.dumps.empty();
  const auto snapshot =
      all_rows ? take_snapshot(run, std::numeric_limits<std::int64_t>::max()) : take_snapshot(run);
  const Lab& lab = *run.setup().lab;
  for (const std::string& text : options.dumps) {
    const Output output = parse_output(text, "--dump");
    write_file_atomically(output.file, dump_csv(lab.dump(output.what, *snapshot)));
  }
  const View view{snapshot->config(), {}, {}};
  for (const std::string& text : options.figures) {
    const Output output = parse_output(text, "--figure");
    write_figure(lab.figure(output.what, *snapshot, view), output.file, export_options(options));
  }
}

void print_json(const Run& run, const Report& report) {
  const Json json = {{"lab", run.setup().lab->id()},
                     {"steps", run.state().step - report.first_step},
                     {"loss", number(run.evaluation().loss)},
                     {"wall_seconds", report.wall_seconds},
                     {"step_seconds_median", median(report.step_seconds)},
                     {"threads", run.pool().threads()},
                     {"isa", kernel::isa_name(kernel::active_isa())},
                     {"hash", hex(run.state().hash())},
                     {"exit", report.exit}};
  std::printf("%s\n", json.dump().c_str());
}

void print_summary(const RunOptions& options, const Run& run, const Report& report) {
  const Scene& scene = run.setup().scene;
  std::printf("%s: step %lld, J = %.6g, |dJ/dtheta| = %.3g, hash %s\n",
              (scene.title.empty() ? options.scene : scene.title).c_str(),
              static_cast<long long>(run.state().step), run.evaluation().loss,
              run.evaluation().gradient_norm(), hex(run.state().hash()).c_str());
  if (report.exit == "grad_norm") std::printf("stopped: the gradient norm fell to stop_grad_norm\n");
  if (report.exit == "loss_change")
    std::printf("stopped: the loss changed by no more than stop_loss_change\n");
  const auto say = [](const std::string& file) {
    if (!file.empty()) std::printf("wrote %s\n", file.c_str());
  };
  say(options.trace);
  say(options.state);
  say(options.session);
  for (const std::string& text : options.dumps) say(parse_output(text, "--dump").file);
  for (const std::string& text : options.figures) say(parse_output(text, "--figure").file);
}

}  // namespace iem::cli
