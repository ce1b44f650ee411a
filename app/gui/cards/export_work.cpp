#include "app/gui/cards/export_work.h"

#include <future>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/export/table_file.h"
#include "app/export/tex_figure.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/image_clipboard.h"
#include "app/gui/platform/window_platform.h"
#include "core/base/error.h"
#include "core/base/thread_pool.h"
#include "core/figure/furniture.h"
#include "core/session/run_record.h"

namespace iem::gui {
namespace {

// A copy that the engine makes when it comes to it, at the step of the snapshot.
template <class Runs>
RunsThen<Runs> at_this_step(PanelContext& context, std::promise<Runs>& copy) {
  context.engine().pump();
  return [runs = copy.get_future().share(),
          step = context.snapshot().state.step](const GoesOn& goes_on) -> std::optional<Runs> {
    Runs then = runs.get();
    then.work_on(std::make_shared<ThreadPool>(1));  // the engine works on its own
    if (!then.seek(step, goes_on)) return {};       // it may have gone on since
    return then;
  };
}

// What write_figure leaves of a figure.
std::vector<std::string> files_of_figure(const std::string& path) {
  std::vector<std::string> out = {path};
  const FigureFormat* format = figure_format_of(path);
  if (format && format->kind == FormatKind::tex)
    for (const std::string& picture : tex_picture_files(path)) out.push_back(picture);
  if (format && format->kind == FormatKind::numbers) out.push_back(companion_of(path));
  return out;
}

}  // namespace

std::string free_path(const std::filesystem::path& wish) {
  std::error_code unknown;
  std::filesystem::path path = wish;
  for (int i = 2; std::filesystem::exists(path, unknown); ++i)
    path.replace_filename(wish.stem().string() + "_" + std::to_string(i) + wish.extension().string());
  return path.string();
}

std::string copy_or_keep(const Figure& figure, const std::string& wish, const ExportOptions& paper) {
  const std::string path = free_path(wish);
  write_figure(figure, path, paper);
  if (!copy_png_file(path)) return std::string(text::kNoPictureClipboard) + " " + path;
  std::error_code stays;
  std::filesystem::remove(path, stays);
  return std::string(text::kPictureCopied);
}

RunsThen<Comparison> runs_of(PanelContext& context) {
  auto copy = std::make_shared<std::promise<Comparison>>();
  context.engine().look_at_runs([copy](const Comparison& runs) { copy->set_value(runs); });
  return at_this_step(context, *copy);
}

RunsThen<Run> run_of(PanelContext& context) {
  auto copy = std::make_shared<std::promise<Run>>();
  context.engine().look([copy](const Run& run) { copy->set_value(run); });
  return at_this_step(context, *copy);
}

void say_run(const Run& run, const Config& view, ExportOptions& paper) {
  const auto about = std::make_shared<const nlohmann::ordered_json>(run_record(run, view));
  paper.metadata = about->at("state");
  paper.about = about;
}

void say_run_and_link(const Run& run, const Config& view, const std::string& path, ExportOptions& paper) {
  say_run(run, view, paper);
  if (const FigureFormat* format = figure_format_of(path); format && format->has_words())
    paper.link = run_link(view, paper.link_base, paper.metadata);
}

std::string link_base() {
  std::string link = link_to({});
  if (!link.empty()) link.pop_back();  // "#"
  return link;
}

std::string warning_of(const Figure& figure, const FigureFormat& format, const ExportOptions& paper) {
  if (!format.has_words()) return {};
  const std::string letters =
      missing_letters_warning(missing_letters(figure, format.letters()), format.letters());
  return paper.link.remark.empty() ? letters
         : letters.empty()         ? paper.link.remark
                                   : letters + ". " + paper.link.remark;
}

int write_into(const std::string& folder, const std::vector<FigureToSave>& figures, const Run& run,
               ExportOptions paper, std::string& warning) {
  if (!std::filesystem::create_directory(folder))
    throw InputError("is there already", {folder, 0, 0}, ErrorKind::io);
  int count = 0;
  std::vector<std::string> written;
  try {
    for (const FigureToSave& each : figures) {
      const Figure figure = furnished(each.make(), each.view);
      if (!figure.sentence.empty()) continue;
      const std::string path = (std::filesystem::path(folder) / each.file).string();
      say_run_and_link(run, each.view, path, paper);
      write_figure(figure, path, paper);
      for (std::string& file : files_of_figure(path)) written.push_back(std::move(file));
      if (warning.empty()) warning = warning_of(figure, *figure_format_of(path), paper);
      ++count;
    }
  } catch (...) {
    std::error_code stays;
    for (const std::string& file : written) std::filesystem::remove(file, stays);
    std::filesystem::remove(folder, stays);  // unless somebody else has put a file there
    throw;
  }
  return count;
}

}  // namespace iem::gui
