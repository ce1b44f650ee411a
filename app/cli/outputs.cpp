#include "app/cli/outputs.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <functional>
#include <iterator>
#include <map>
#include <new>
#include <nlohmann/json.hpp>

#include "app/cli/animate.h"
#include "app/cli/input_files.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/export/export.h"
#include "app/export/furnish/figure_on_paper.h"
#include "app/export/link/run_link.h"
#include "core/base/atomic_file.h"
#include "core/base/hash.h"
#include "core/base/words.h"
#include "core/figure/furniture.h"
#include "core/kernel/pass.h"
#include "core/labs/kit/lab.h"
#include "core/session/run_record.h"
#include "core/session/session.h"
#include "iem_version.h"

namespace iem::cli {
namespace {

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

// The height of a picture may follow from its figure. Only a very wide picture can become too high, so only
// such pictures are laid out to check.
void check_heights(const std::vector<Output>& outputs, const RunOptions& options, const Run& run) {
  constexpr double kWide = 32767.0 / 8;
  if (options.height_cm > 0 || options.width_cm / 2.54 * export_options(options).dpi < kWide) return;
  std::shared_ptr<const Snapshot> snapshot;
  const Config paper = with_furniture(run.setup().config(), options.furniture);
  for (const Output& output : outputs) {
    if (!output.is_png()) continue;
    if (!snapshot) snapshot = take_snapshot(run);
    about_file(output.path, [&] {
      require_drawable(furnished(figure_on_paper(output.id, *snapshot, paper), paper),
                       export_options(options));
    });
  }
}

// What is made of a snapshot.
bool is_of_snapshot(const Output& output) {
  return output.kind == OutputKind::dump || output.kind == OutputKind::figure ||
         output.kind == OutputKind::code;
}

// What holds the record of the run, or stands beside it.
bool is_with_record(const Output& output) {
  return output.kind == OutputKind::trace || output.kind == OutputKind::state || is_of_snapshot(output);
}

void write_of_snapshot(const std::vector<Output>& outputs, const RunOptions& options, const Run& run,
                       const nlohmann::ordered_json& about, Writer& writer) {
  const auto snapshot = take_snapshot(run);
  const Lab& lab = lab_of(run.setup());
  for (const Output& dump : of_kind(outputs, OutputKind::dump))
    writer.write(dump.path, [&] {
      nlohmann::ordered_json of_dump = about;
      of_dump["table"] = "dump " + dump.id;
      write_dump(dump.path, lab.dump(dump.id, *snapshot), of_dump);
    });
  for (const Output& code : of_kind(outputs, OutputKind::code))
    writer.write(code.path, [&] { write_file_atomically(code.path, lab.code(code.id, *snapshot)); });
  const std::vector<Output> figures = of_kind(outputs, OutputKind::figure);
  if (figures.empty()) return;
  const Config paper = with_furniture(snapshot->config(), options.furniture);
  write_figures(
      figures, options, about, paper,
      [&](const std::string& id) { return figure_on_paper(id, *snapshot, paper); }, writer);
}

// When something that several files need cannot be made, reports that for each of them.
void fail_all(const std::vector<Output>& outputs, bool (*concerned)(const Output&), Writer& writer) {
  const std::exception_ptr error = std::current_exception();
  for (const Output& output : outputs)
    if (concerned(output)) writer.write(output.path, [&] { std::rethrow_exception(error); });
}

}  // namespace

ExportOptions export_options(const RunOptions& options, bool animated) {
  ExportOptions out;
  out.width_cm = options.width_cm;
  out.height_cm = options.height_cm;
  constexpr double kUsual = 300;
  out.dpi = options.dpi.value_or(animated ? usual_animation_dpi(options.width_cm) : kUsual);
  out.theme = paint::theme_from_name(options.theme);
  out.transparent = options.transparent;
  out.tex = tex_kind_from_name(options.tex);
  out.svg_text = svg_text_from_name(options.svg_text);
  out.link_base = kLinkBase;
  return out;
}

void Writer::write(const std::string& file, const std::function<void()>& write) {
  try {
    about_file(file, write);
    written_.push_back(file);
  } catch (...) {
    const int code = say_caught();
    if (code_ == 0) code_ = code;
  }
}

void note_idle(const Figure& plain, const Config& furniture) {
  for (const std::string& words : given_in_vain(plain, furniture)) say_note(words);
}

void note_idle_in_film(const Output& film, const Run& run, const Config& furniture,
                       const GivenFurniture& given) {
  const bool any = std::ranges::any_of(given, [](const auto& option) { return !option.second.empty(); });
  if (any) note_idle(figure_on_paper(film.id, *take_snapshot(run), furniture), furniture);
  for (const std::string& words : given_in_vain_to_film(furniture)) say_note(words);
}

void write_figures(const std::vector<Output>& figures, const RunOptions& options,
                   const nlohmann::ordered_json& about, const Config& furniture,
                   const std::function<Figure(const std::string& id)>& make, Writer& writer) {
  ExportOptions paper = export_options(options);
  paper.metadata = about["state"];  // a figure can reopen its run
  paper.about = std::make_shared<const nlohmann::ordered_json>(about);
  std::map<LettersBy, std::string> missing;
  std::string remark;
  for (const Output& output : figures) {
    writer.write(output.path, [&] {
      Figure plain = make(output.id);
      note_idle(plain, furniture);
      const Figure figure = furnished(std::move(plain), furniture);
      if (output.format->has_words()) paper.link = run_link(furniture, paper.link_base, paper.metadata);
      write_figure(figure, output.path, paper);
      if (!output.format->has_words()) return;
      remark = paper.link.remark;
      std::string& of_setter = missing[output.format->letters()];
      if (of_setter.empty()) of_setter = missing_letters(figure, output.format->letters());
    });
  }
  if (!remark.empty()) say_note(remark);
  for (const auto& [by, letters] : missing)
    if (!letters.empty()) say_error("warning: " + missing_letters_warning(letters, by));
}

void check_films(const std::vector<Output>& outputs, const RunOptions& options) {
  for (const Output& output : outputs)
    if (output.animation)
      about_file(output.path, [&] {
        require_animatable(*output.animation, output.path, options.fps, options.transparent);
        require_drawable(export_options(options, true));
      });
}

void check_outputs(const std::vector<Output>& outputs, const RunOptions& options) {
  check_furniture(options.furniture);
  const std::vector<NamedFile> files = files_of(outputs);
  check_films(outputs, options);
  for (const NamedFile& file : files)
    if (!file.is_folder) require_writable(file.file);
  check_outputs_differ(files);
  const ExportOptions paper = export_options(options);
  for (const Output& output : outputs)
    if (output.is_png()) about_file(output.path, [&] { require_drawable(paper); });
}

void check_outputs(const std::vector<Output>& outputs, const RunOptions& options, const Run& run) {
  check_inputs_are_kept(files_of(outputs), input_files(options.scene, run, parse_edits(options.at)));
  const Lab& lab = lab_of(run.setup());
  std::map<OutputKind, std::vector<std::string>> known = {{OutputKind::dump, lab.dumps()}};
  for (const FigureType& figure : lab.figures()) known[OutputKind::figure].push_back(figure.id);
  known[OutputKind::animation] = known[OutputKind::figure];
  for (const CodeType& type : lab.code_types()) known[OutputKind::code].push_back(type.id);
  for (const OutputKind kind :
       {OutputKind::figure, OutputKind::animation, OutputKind::dump, OutputKind::code})
    for (const Output& output : of_kind(outputs, kind)) {
      const std::vector<std::string>& ids = known[kind];
      if (kind == OutputKind::code && ids.empty())
        throw InputError("--code " + output.id + "=" + output.path +
                         ": this lab derives nothing that could be code");
      if (std::ranges::find(ids, output.id) == ids.end())
        throw InputError(std::string(option_of(kind)) + " " + output.id + ": must be one of " + joined(ids));
    }
  check_heights(outputs, options, run);
  if (std::ranges::any_of(outputs, [](const Output& o) { return o.kind == OutputKind::figure; }))
    static_cast<void>(
        link_page(with_furniture(run.setup().config(), options.furniture), std::string(kLinkBase)));
}

int write_outputs(const std::vector<Output>& outputs, const RunOptions& options, const Run& run,
                  const Report& report, nlohmann::ordered_json& about, std::vector<std::string>& written) {
  Writer writer(written);
  for (const Output& session : of_kind(outputs, OutputKind::session))
    writer.write(session.path,
                 [&] { write_file_atomically(session.path, save_session(run, run.setup().config())); });
  try {
    if (options.json || std::ranges::any_of(outputs, is_with_record))
      about = run_record(run, with_furniture(run.setup().config(), options.furniture));
    for (const Output& state : of_kind(outputs, OutputKind::state))
      writer.write(state.path, [&] { write_file_atomically(state.path, state_json(run, about)); });
    if (report.trace) writer.write(options.trace, [&] { report.trace->finish(about); });
  } catch (...) {
    fail_all(outputs, is_with_record, writer);
    return writer.code();
  }
  try {
    if (std::ranges::any_of(outputs, is_of_snapshot)) write_of_snapshot(outputs, options, run, about, writer);
  } catch (...) {
    fail_all(outputs, is_of_snapshot, writer);
  }
  for (const Output& film : of_kind(outputs, OutputKind::animation))
    writer.write(film.path, [&] { animate(film, options, report, run); });
  return writer.code();
}

void print_json(const Run& run, const Report& report, const nlohmann::ordered_json& about) {
  nlohmann::ordered_json json = {{"lab", run.setup().problem().id()},
                                 {"steps", run.state().step - report.first_step},
                                 {"loss", number_json(run.evaluation().loss)},
                                 {"wall_seconds", report.wall_seconds},
                                 {"step_seconds_median", report.step_seconds.median()},
                                 {"threads", run.pool().threads()},
                                 {"isa", kernel::isa_name(kernel::active_isa())},
                                 {"hash", hex(run.state().hash())},
                                 {"exit", report.exit},
                                 {"metrics", metrics_json(run)}};
  for (const auto& [key, value] : about.items())
    if (!json.contains(key)) json[key] = value;
  print_json_text(json, false);
}

void print_summary(const std::vector<std::string>& written, const Run& run, const Report& report) {
  const Scene& scene = run.setup().scene;
  const Evaluation& evaluation = run.evaluation();
  // The sign of a NaN means nothing and is not printed.
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
