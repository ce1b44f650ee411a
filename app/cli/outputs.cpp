#include "app/cli/outputs.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

#include "app/cli/input_files.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/export/atomic_file.h"
#include "app/export/export.h"
#include "core/base/hash.h"
#include "core/kernel/pass.h"
#include "core/scene/session.h"
#include "core/scene/state_string.h"
#include "iem_version.h"

namespace iem::cli {
namespace {

namespace fs = std::filesystem;

// Every file the options name, with the option that names it.
std::vector<Output> all_files(const RunOptions& options) {
  std::vector<Output> out;
  const auto add = [&](const char* option, const std::string& file) {
    if (!file.empty()) out.push_back({option, file});
  };
  add("--trace", options.trace);
  add("--state", options.state);
  add("--save-session", options.session);
  for (const std::string& text : options.dumps) add("--dump", parse_output(text, "--dump").file);
  for (const std::string& text : options.figures) add("--figure", parse_output(text, "--figure").file);
  for (const std::string& text : options.codes) add("--code", parse_output(text, "--code").file);
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

void check_extension(const std::string& file) {
  std::string extension = fs::path(file).extension().string();
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const char* known : {".svg", ".pdf", ".png", ".tex", ".csv"})
    if (extension == known) return;
  throw InputError("--figure " + file + ": must end in .svg, .pdf, .png, .tex or .csv");
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

void check_outputs(const RunOptions& options) {
  const std::vector<Output> files = all_files(options);
  for (const Output& output : files) {
    if (output.what == "--figure") check_extension(output.file);
    require_writable(output.file);
  }
  check_outputs_differ(files);
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
  check_inputs_are_kept(all_files(options), input_files(options.scene, run, parse_edits(options.at)));
  const Lab& lab = *run.setup().lab;
  std::vector<std::string> figures;
  for (const FigureType& figure : lab.figures()) figures.push_back(figure.id);
  for (const std::string& text : options.figures)
    require(parse_output(text, "--figure").what, figures, "--figure");
  for (const std::string& text : options.dumps)
    require(parse_output(text, "--dump").what, lab.dumps(), "--dump");
  std::vector<std::string> languages;
  for (const CodeType& type : lab.code_types()) languages.push_back(type.id);
  for (const std::string& text : options.codes) {
    if (languages.empty())
      throw InputError("--code " + text + ": this lab derives nothing that could be code");
    require(parse_output(text, "--code").what, languages, "--code");
  }
}

void write_outputs(const RunOptions& options, const Run& run, const Report& report) {
  const Config& view = run.setup().config();
  if (!options.trace.empty()) write_file_atomically(options.trace, trace_csv(run, report));
  if (!options.state.empty()) write_file_atomically(options.state, state_json(run));
  if (!options.session.empty()) write_file_atomically(options.session, save_session(run, view));
  if (options.dumps.empty() && options.figures.empty() && options.codes.empty()) return;

  const bool all_rows = !options.dumps.empty();
  const auto snapshot =
      all_rows ? take_snapshot(run, std::numeric_limits<std::int64_t>::max()) : take_snapshot(run);
  const Lab& lab = *run.setup().lab;
  for (const std::string& text : options.dumps) {
    const Output output = parse_output(text, "--dump");
    write_file_atomically(output.file, dump_csv(lab.dump(output.what, *snapshot)));
  }
  for (const std::string& text : options.codes) {
    const Output output = parse_output(text, "--code");
    write_file_atomically(output.file, lab.code(output.what, *snapshot));
  }
  if (options.figures.empty()) return;
  ExportOptions paper = export_options(options);
  paper.metadata = write_state_string(run, view);  // a figure can reopen its run
  for (const std::string& text : options.figures) {
    const Output output = parse_output(text, "--figure");
    write_figure(lab.figure(output.what, *snapshot, {snapshot->config(), {}, {}}), output.file, paper);
  }
}

void print_json(const Run& run, const Report& report) {
  const double loss = run.evaluation().loss;
  nlohmann::ordered_json json = {{"lab", run.setup().lab->id()},
                                 {"steps", run.state().step - report.first_step},
                                 {"loss", nullptr},
                                 {"wall_seconds", report.wall_seconds},
                                 {"step_seconds_median", median(report.step_seconds)},
                                 {"threads", run.pool().threads()},
                                 {"isa", kernel::isa_name(kernel::active_isa())},
                                 {"hash", hex(run.state().hash())},
                                 {"exit", report.exit}};
  if (std::isfinite(loss)) json["loss"] = loss;  // JSON has no NaN
  print_json_text(json, false);
}

void print_summary(const RunOptions& options, const Run& run, const Report& report) {
  const Scene& scene = run.setup().scene;
  const Evaluation& evaluation = run.evaluation();
  // A NaN has a sign that means nothing.
  const auto number = [](const char* format, double value) {
    char text[40];
    std::snprintf(text, sizeof text, format, std::isnan(value) ? std::nan("") : value);
    return std::string(text);
  };
  const std::string loss = evaluation.has_loss
                               ? "J = " + number("%.6g", evaluation.loss) +
                                     ", |dJ/dtheta| = " + number("%.3g", evaluation.gradient_norm())
                               : "no J: nothing is learned";
  print_line(scene.title.empty() ? scene.name : scene.title);
  print_line("step " + std::to_string(run.state().step) + ", " + loss + ", hash " + hex(run.state().hash()));
  if (report.exit == "grad_norm") print_line("stopped: the gradient norm fell to schedule.stop_grad_norm");
  if (report.exit == "loss_change")
    print_line("stopped: the loss changed by no more than schedule.stop_loss_change");
  if (report.exit == "interrupted") print_line("stopped: interrupted");
  for (const Output& output : all_files(options)) print_line("wrote " + output.file);
}

}  // namespace iem::cli
