// iemlab page: several figures on one page, as a file says. The same file gives the same bytes.
#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/input_files.h"
#include "app/cli/interrupt.h"
#include "app/cli/outputs.h"
#include "app/cli/page/page_file.h"
#include "app/cli/page/panel_runs.h"
#include "app/cli/terminal.h"
#include "app/export/grid/figure_grid.h"
#include "core/base/atomic_file.h"
#include "core/base/utf8.h"
#include "core/figure/caption.h"
#include "core/figure/furniture.h"
#include "core/run/comparison.h"
#include "core/session/figure_panels.h"
#include "core/session/state_string.h"

namespace iem::cli {
namespace {

const FigureFormat& format_of(const PageOptions& options) {
  if (const FigureFormat* format = grid_format_of(options.output)) return *format;
  throw InputError("-o " + printable(options.output, 200) + ": must end in " + grid_extensions());
}

// What the panels have come to, as a page needs it.
class PagePictures {
 public:
  PagePictures(const PageFile& page, const PageOptions& options, const PanelRuns& runs)
      : page_(page),
        options_(options),
        runs_(runs) {
    look_ = {.columns = static_cast<int>(page.keys.integer("columns")),
             .share_x = page.keys.flag("share.x"),
             .share_y = page.keys.flag("share.y"),
             .share_legend = page.keys.flag("share.legend")};
    look_.paper = paper();
    look_.title = page.keys.text("title");
    for (std::size_t i = 0; i < page.panels.size(); ++i) add(i);
    look_.paper.metadata = joined_state_strings(states_);
    look_.about = plain_caption(captions_);
    const std::string& caption = page.keys.text("caption");
    look_.caption = caption == "on" ? captions_ : caption == "off" ? "" : caption;
  }

  void write(const FigureFormat& format) {
    write_file_atomically(options_.output, grid_as(format, figures_, look_));
    for (const GridFigure& each : figures_)
      if (const std::string missing = missing_letters(each.figure); !missing.empty())
        say_note("warning: " + missing_letters_warning(missing));
  }

 private:
  ExportOptions paper() const {
    const Config& keys = page_.keys;
    ExportOptions out;
    out.width_cm = options_.width_cm.value_or(keys.real("width_cm"));
    out.height_cm = options_.height_cm.value_or(keys.real("height_cm"));
    out.dpi = options_.dpi.value_or(keys.real("dpi"));
    out.theme = paint::theme_from_name(options_.theme.value_or(keys.text("theme")));
    out.transparent = options_.transparent || keys.flag("transparent");
    out.svg_text = svg_text_from_name(options_.svg_text);
    return out;
  }

  void add(std::size_t index) {
    const Config& keys = page_.panels[index].keys;
    const Config view = runs_.view(index);
    const auto snapshot = snapshot_of(index);
    const std::string letter = panel_letter(index);
    Figure figure = figure_on_paper(keys.text("figure"), *snapshot, view);
    if (!figure.sentence.empty())
      throw keys.error("figure", "panel " + letter + " has nothing to show: " + figure.sentence);
    captions_ += (captions_.empty() ? "(" : " (") + letter + ") " + figure.caption;
    GridFigure out{.figure = furnished(std::move(figure), view),
                   .columns = static_cast<int>(keys.integer("columns")),
                   .theme = look_.paper.theme,
                   .own_x = keys.is_set("paper.x_range"),
                   .own_y = keys.is_set("paper.y_range")};
    out.figure.keep.push_back(snapshot);
    if (keys.is_set("height_cm")) out.height_cm = keys.real("height_cm");
    if (keys.is_set("theme") && !options_.theme) out.theme = paint::theme_from_name(keys.text("theme"));
    figures_.push_back(std::move(out));
    states_.push_back(write_state_string(runs_.run(index), view));
  }

  std::shared_ptr<const Snapshot> snapshot_of(std::size_t index) const {
    if (!page_.panels[index].keys.flag("compare")) return take_snapshot(runs_.run(index));
    std::vector<std::string> refused;
    const Comparison all(runs_.run(index), refused);
    for (const std::string& words : refused) say_note("panel " + panel_letter(index) + ": " + words);
    return take_snapshot(all);
  }

  const PageFile& page_;
  const PageOptions& options_;
  const PanelRuns& runs_;
  GridOptions look_;
  std::vector<GridFigure> figures_;
  std::vector<std::string> states_;
  std::string captions_;  // of all panels, with their letters
};

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

}  // namespace

int page_command(const PageOptions& options) {
  end_on_interrupt();
  const FigureFormat& format = format_of(options);
  check_furniture(options.furniture);
  const PageFile page = load_page(options.page);
  check_inputs_are_kept({{"-o", options.output}}, {{"the page", page.file}});
  require_writable(options.output);
  PanelRuns runs(page, options);
  check_inputs_are_kept({{"-o", options.output}}, runs.inputs());
  {
    Progress progress(!options.quiet);
    runs.step([&](std::size_t panel, const Run& run, std::int64_t last) {
      progress.say(progress_line(panel, run, last));
    });
  }
  for (std::size_t i = 0; i < page.panels.size(); ++i)
    if (!runs.remark(i).empty()) say_error("panel " + panel_letter(i) + ": " + runs.remark(i));
  PagePictures(page, options, runs).write(format);
  if (!options.quiet) {
    for (std::size_t i = 0; i < page.panels.size(); ++i) print_line(summary_line(page, runs, i));
    print_line("wrote " + options.output);
  }
  return runs.all_finite() ? 0 : static_cast<int>(ErrorKind::non_finite);
}

}  // namespace iem::cli
