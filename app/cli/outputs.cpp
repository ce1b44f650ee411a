#include "app/cli/outputs.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <new>
#include <nlohmann/json.hpp>

#include "app/cli/input_files.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/export/export.h"
#include "app/export/missing_letters.h"
#include "app/export/tex_figure.h"
#include "core/base/atomic_file.h"
#include "core/base/hash.h"
#include "core/kernel/pass.h"
#include "core/labs/kit/lab.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "iem_version.h"

namespace iem::cli {
namespace {

namespace fs = std::filesystem;

std::string extension_of(const std::string& file) {
  std::string extension = fs::path(file).extension().string();
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return extension;
}

// Every file the options name, with the option that names it, and those that a TeX figure may put beside
// itself.
std::vector<Output> all_files(const RunOptions& options) {
  std::vector<Output> out;
  const auto add = [&](const char* option, const std::string& file) {
    if (!file.empty()) out.push_back({option, file});
  };
  add("--trace", options.trace);
  add("--state", options.state);
  add("--save-session", options.session);
  for (const std::string& text : options.dumps) add("--dump", parse_output(text, "--dump").file);
  for (const std::string& text : options.figures) {
    const std::string file = parse_output(text, "--figure").file;
    add("--figure", file);
    if (extension_of(file) == ".tex")
      for (const std::string& picture : tex_picture_files(file)) add("the picture of --figure", picture);
  }
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
  out.tex = tex_kind_from_name(options.tex);
  out.svg_text = svg_text_from_name(options.svg_text);
  return out;
}

bool is_png(const std::string& file) { return extension_of(file) == ".png"; }

// An error that does not say which file it is about gets its name.
void about_file(const std::string& file, const std::function<void()>& action) {
  try {
    action();
  } catch (const std::bad_alloc&) {
    throw InputError("there is not enough memory for this", {file, 0, 0}, ErrorKind::missing);
  } catch (const InputError& error) {
    if (!error.at().file.empty()) throw;
    throw InputError(error.message(), {file, 0, 0}, error.kind());
  }
}

void check_extension(const std::string& file) {
  const std::string extension = extension_of(file);
  for (const char* known : {".svg", ".pdf", ".png", ".tex", ".csv"})
    if (extension == known) return;
  throw InputError("--figure " + file + ": must end in .svg, .pdf, .png, .tex or .csv");
}

// The height of a picture may follow from its figure: only a very wide one can be too high, and is tried.
void check_heights(const RunOptions& options, const Run& run) {
  constexpr double kWide = 32767.0 / 8;
  if (options.height_cm > 0 || options.width_cm / 2.54 * options.dpi < kWide) return;
  std::shared_ptr<const Snapshot> snapshot;
  for (const std::string& text : options.figures) {
    const Output output = parse_output(text, "--figure");
    if (!is_png(output.file)) continue;
    if (!snapshot) snapshot = take_snapshot(run);
    about_file(output.file, [&] {
      const Lab& lab = lab_of(run.setup());
      require_drawable(lab.figure(output.what, *snapshot, {snapshot->config(), {}, {}}),
                       export_options(options));
    });
  }
}

// Tries one file after the other.
class Writer {
 public:
  Writer(std::vector<std::string>& written) : written_(written) {}

  void write(const std::string& file, const std::function<void()>& write) {
    try {
      about_file(file, write);
      written_.push_back(file);
    } catch (...) {
      const int code = say_caught();
      if (code_ == 0) code_ = code;
    }
  }

  int code() const { return code_; }

 private:
  std::vector<std::string>& written_;
  int code_ = 0;
};

void write_figures(const RunOptions& options, const Run& run, const Snapshot& snapshot, Writer& writer) {
  ExportOptions paper = export_options(options);
  paper.metadata = write_state_string(run, run.setup().config());  // a figure can reopen its run
  std::map<LettersBy, std::string> missing;
  for (const std::string& text : options.figures) {
    const Output output = parse_output(text, "--figure");
    writer.write(output.file, [&] {
      const Lab& lab = lab_of(run.setup());
      const Figure figure = lab.figure(output.what, snapshot, {snapshot.config(), {}, {}});
      write_figure(figure, output.file, paper);
      const std::string extension = extension_of(output.file);
      if (extension == ".csv") return;
      std::string& of_kind = missing[letters_by(extension)];
      if (of_kind.empty()) of_kind = missing_letters(figure, letters_by(extension));
    });
  }
  for (const auto& [by, letters] : missing)
    if (!letters.empty()) say_error("warning: " + missing_letters_warning(letters, by));
}

void write_of_snapshot(const RunOptions& options, const Run& run, Writer& writer) {
  const auto snapshot = take_snapshot(run);
  const Lab& lab = lab_of(run.setup());
  for (const std::string& text : options.dumps) {
    const Output output = parse_output(text, "--dump");
    writer.write(output.file, [&] { write_dump(output.file, lab.dump(output.what, *snapshot)); });
  }
  for (const std::string& text : options.codes) {
    const Output output = parse_output(text, "--code");
    writer.write(output.file, [&] { write_file_atomically(output.file, lab.code(output.what, *snapshot)); });
  }
  if (!options.figures.empty()) write_figures(options, run, *snapshot, writer);
}

// When what several files need cannot be made, that is said of each.
void fail_all(const RunOptions& options, Writer& writer) {
  const std::exception_ptr error = std::current_exception();
  for (const Output& output : all_files(options))
    if (output.what == "--dump" || output.what == "--code" || output.what == "--figure")
      writer.write(output.file, [&] { std::rethrow_exception(error); });
}

}  // namespace

void check_outputs(const RunOptions& options) {
  const std::vector<Output> files = all_files(options);
  for (const Output& output : files) {
    if (output.what == "--figure") check_extension(output.file);
    require_writable(output.file);
  }
  check_outputs_differ(files);
  const ExportOptions paper = export_options(options);
  for (const std::string& text : options.figures) {
    const std::string file = parse_output(text, "--figure").file;
    if (is_png(file)) about_file(file, [&] { require_drawable(paper); });
  }
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
  const Lab& lab = lab_of(run.setup());
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
  check_heights(options, run);
}

int write_outputs(const RunOptions& options, const Run& run, const Report& report,
                  std::vector<std::string>& written) {
  Writer writer(written);
  if (!options.session.empty())
    writer.write(options.session,
                 [&] { write_file_atomically(options.session, save_session(run, run.setup().config())); });
  if (!options.state.empty())
    writer.write(options.state, [&] { write_file_atomically(options.state, state_json(run)); });
  if (report.trace) writer.write(options.trace, [&] { report.trace->finish(); });
  if (options.dumps.empty() && options.figures.empty() && options.codes.empty()) return writer.code();
  try {
    write_of_snapshot(options, run, writer);
  } catch (...) {
    fail_all(options, writer);
  }
  return writer.code();
}

void print_json(const Run& run, const Report& report) {
  const double loss = run.evaluation().loss;
  nlohmann::ordered_json json = {{"lab", run.setup().problem().id()},
                                 {"steps", run.state().step - report.first_step},
                                 {"loss", nullptr},
                                 {"wall_seconds", report.wall_seconds},
                                 {"step_seconds_median", report.step_seconds.median()},
                                 {"threads", run.pool().threads()},
                                 {"isa", kernel::isa_name(kernel::active_isa())},
                                 {"hash", hex(run.state().hash())},
                                 {"exit", report.exit}};
  if (std::isfinite(loss)) json["loss"] = loss;  // JSON has no NaN
  print_json_text(json, false);
}

void print_summary(const std::vector<std::string>& written, const Run& run, const Report& report) {
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
  for (const std::string& file : written) print_line("wrote " + file);
}

}  // namespace iem::cli
