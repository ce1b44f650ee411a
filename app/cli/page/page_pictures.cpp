#include "app/cli/page/page_pictures.h"

#include <map>
#include <utility>

#include "app/cli/animate.h"
#include "app/cli/terminal.h"
#include "app/export/formats.h"
#include "core/base/atomic_file.h"
#include "core/figure/caption.h"
#include "core/figure/furniture.h"
#include "core/session/figure_panels.h"
#include "core/session/state_string.h"

namespace iem::cli {
namespace {

Filmed with_runs_beside(const Run& run, const std::string& letter) {
  std::vector<std::string> refused;
  Comparison all(run, refused);
  for (const std::string& words : refused) say_note("panel " + letter + ": " + words);
  return all;
}

}  // namespace

PagePictures::PagePictures(const PageFile& page, const PageOptions& options, const PanelRuns& runs)
    : page_(page),
      options_(options),
      runs_(runs),
      look_{.columns = static_cast<int>(page.keys.integer("columns")),
            .share_x = page.keys.flag("share.x"),
            .share_y = page.keys.flag("share.y"),
            .share_legend = page.keys.flag("share.legend")} {
  for (std::size_t i = 0; i < page.panels.size(); ++i) {
    const Run& run = runs.run(i);
    const bool beside = page.panels[i].keys.flag("compare");
    panels_.push_back({.runs = beside ? with_runs_beside(run, panel_letter(i)) : Filmed(run),
                       .first = 0,
                       .last = run.state().step});
  }
}

ExportOptions PagePictures::paper() const {
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

// A panel, without its figure yet.
GridFigure PagePictures::place_of(std::size_t panel) const {
  const Config& keys = page_.panels[panel].keys;
  GridFigure out{.figure = {},
                 .columns = static_cast<int>(keys.integer("columns")),
                 .theme = paper().theme,
                 .own_x = keys.is_set("paper.x_range"),
                 .own_y = keys.is_set("paper.y_range")};
  if (keys.is_set("height_cm")) out.height_cm = keys.real("height_cm");
  if (keys.is_set("theme") && !options_.theme) out.theme = paint::theme_from_name(keys.text("theme"));
  return out;
}

PagePictures::Moment PagePictures::moment(const std::vector<Filmed>& here) const {
  Moment out;
  for (std::size_t i = 0; i < here.size(); ++i) {
    const Run& run = here[i].first();
    const Config view = runs_.view(i, run);
    Figure figure = figure_in_film(here[i], page_.panels[i].keys.text("figure"), view, panels_[i]);
    out.captions += (i == 0 ? "(" : " (") + panel_letter(i) + ") " + figure.caption;
    out.states.push_back(write_state_string(run, view));
    out.idle.push_back(idle_furniture(figure, view));
    out.figures.push_back(place_of(i));
    out.figures.back().figure = furnished(std::move(figure), view);
  }
  return out;
}

std::string PagePictures::caption_of(const Moment& moment) const {
  const std::string& caption = page_.keys.text("caption");
  return caption == "on" ? moment.captions : caption == "off" ? "" : caption;
}

PagePictures::Moment PagePictures::last() const {
  std::vector<Filmed> runs;
  for (const FilmedPanel& panel : panels_) runs.push_back(panel.runs);
  return moment(runs);
}

// What a panel asks for itself is noted there; what an option asks for all of them, where none has it.
void PagePictures::note_idle(const Moment& last) const {
  std::map<std::string, std::pair<std::size_t, std::string>> by_option;
  for (std::size_t i = 0; i < last.idle.size(); ++i)
    for (const IdleFurniture& idle : last.idle[i]) {
      if (page_.panels[i].keys.table().find(idle.key) && page_.panels[i].keys.is_set(idle.key))
        say_note("panel " + panel_letter(i) + ": " + idle.key + ": " + idle.why);
      const std::string option = runs_.view(i, runs_.run(i)).position(idle.key).file;
      if (!option.starts_with("--")) continue;
      ++by_option[option].first;
      by_option[option].second += (by_option[option].second.empty() ? "" : "; ") + idle.why;
    }
  for (const auto& [option, idle] : by_option)
    if (idle.first == last.idle.size()) say_note(option + ": " + idle.second);
}

void PagePictures::write(const FigureFormat& format) const {
  Moment last = this->last();
  for (std::size_t i = 0; i < last.figures.size(); ++i)
    if (const std::string& sentence = last.figures[i].figure.sentence; !sentence.empty())
      throw page_.panels[i].keys.error("figure",
                                       "panel " + panel_letter(i) + " has nothing to show: " + sentence);
  note_idle(last);
  GridOptions options{.look = look_,
                      .paper = paper(),
                      .title = page_.keys.text("title"),
                      .about = plain_caption(last.captions),
                      .caption = caption_of(last)};
  options.paper.metadata = joined_state_strings(last.states);
  write_file_atomically(options_.output, grid_as(format, last.figures, options));
  for (const GridFigure& each : last.figures)
    if (const std::string missing = missing_letters(each.figure); !missing.empty())
      say_note("warning: " + missing_letters_warning(missing));
}

void PagePictures::write_film(const AnimationFormat& format) const {
  FilmJob job{.path = options_.animate, .format = &format, .panels = panels_, .progress = !options_.quiet};
  job.show = [&](const std::vector<Filmed>& here) {
    Moment now = moment(here);
    FrameContent out{.panels = std::move(now.figures), .caption = caption_of(now)};
    if (format.state_by_frame) out.state = joined_state_strings(now.states);
    return out;
  };
  job.look = {.paper = paper(), .title = page_.keys.text("title"), .grid = look_};
  job.look.paper.dpi = options_.dpi.value_or(usual_animation_dpi(job.look.paper.width_cm));
  const Moment last = this->last();
  note_idle(last);
  job.look.paper.metadata = joined_state_strings(last.states);
  cli::write_film(std::move(job), options_, runs_.pool());
}

}  // namespace iem::cli
