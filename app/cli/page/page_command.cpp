// iemlab page: several figures on one page, as a file says, or how they came to be it. The same file gives
// the same bytes.
#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/input_files.h"
#include "app/cli/interrupt.h"
#include "app/cli/page/page_file.h"
#include "app/cli/page/page_pictures.h"
#include "app/cli/page/panel_runs.h"
#include "app/cli/stepping.h"
#include "app/cli/terminal.h"
#include "app/export/animation/formats.h"
#include "app/export/grid/figure_grid.h"
#include "core/base/atomic_file.h"
#include "core/base/utf8.h"
#include "core/session/figure_panels.h"

namespace iem::cli {
namespace {

// What is made of the page; null: not asked for.
struct Formats {
  const FigureFormat* page = nullptr;
  const AnimationFormat* film = nullptr;
};

Formats formats_of(const PageOptions& options) {
  Formats out;
  if (options.output.empty() && options.animate.empty())
    throw InputError("page: nothing is asked for; -o FILE writes the page, --animate FILE a film of it");
  if (!options.output.empty()) {
    out.page = grid_format_of(options.output);
    if (!out.page)
      throw InputError("-o " + printable(options.output, 200) + ": must end in " + grid_extensions());
  }
  if (!options.animate.empty()) {
    out.film = animation_format_of(options.animate);
    if (!out.film)
      throw InputError("--animate " + printable(options.animate, 200) + ": must end in " +
                       animation_extensions());
  }
  return out;
}

std::vector<NamedFile> files_written(const PageOptions& options, const Formats& formats) {
  std::vector<NamedFile> out;
  if (formats.page) out.push_back({"-o", options.output});
  if (formats.film) out.push_back({"--animate", options.animate, formats.film->is_folder()});
  return out;
}

std::string progress_line(std::size_t panel, const Run& run, std::int64_t last) {
  char line[96];
  std::snprintf(line, sizeof line, "panel %s: step %lld of %lld  J = %.6g", panel_letter(panel).c_str(),
                static_cast<long long>(run.state().step), static_cast<long long>(last),
                run.evaluation().loss);
  return line;
}

std::string summary_line(const PageFile& page, const PanelRuns& runs, std::size_t panel) {
  const Run& run = runs.run(panel);
  const Scene& scene = run.setup().scene;
  return "(" + panel_letter(panel) + ") " + (scene.title.empty() ? scene.name : scene.title) + ", " +
         page.panels[panel].keys.text("figure") + ", step " + std::to_string(run.state().step);
}

// The signal that comes while one is written ends it, and the other is not begun.
void write_all(const PageFile& page, const PageOptions& options, const PanelRuns& runs,
               const Formats& formats) {
  const PagePictures pictures(page, options, runs);
  if (formats.page) pictures.write(*formats.page);
  if (!formats.film) return;
  note_interrupts();
  pictures.write_film(*formats.film);
}

}  // namespace

int page_command(const PageOptions& options) {
  end_on_interrupt();
  const Formats formats = formats_of(options);
  check_furniture(options.furniture);
  const PageFile page = load_page(options.page);
  const std::vector<NamedFile> files = files_written(options, formats);
  check_inputs_are_kept(files, {{"the page", page.file}});
  check_outputs_differ(files);
  if (formats.page) require_writable(options.output);
  if (formats.film)
    require_animatable(*formats.film, options.animate, options.fps,
                       options.transparent || page.keys.flag("transparent"));
  PanelRuns runs(page, options);
  check_inputs_are_kept(files, runs.inputs());
  {
    Progress progress(!options.quiet);
    runs.step([&](std::size_t panel, const Run& run, std::int64_t last) {
      progress.say(progress_line(panel, run, last));
    });
  }
  for (std::size_t i = 0; i < page.panels.size(); ++i)
    if (!runs.remark(i).empty()) say_error("panel " + panel_letter(i) + ": " + runs.remark(i));
  write_all(page, options, runs, formats);
  if (!options.quiet) {
    for (std::size_t i = 0; i < page.panels.size(); ++i) print_line(summary_line(page, runs, i));
    for (const NamedFile& file : files) print_line("wrote " + file.file);
  }
  return runs.all_finite() ? 0 : static_cast<int>(ErrorKind::non_finite);
}

}  // namespace iem::cli
