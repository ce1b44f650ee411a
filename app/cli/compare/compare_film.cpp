#include "app/cli/compare/compare_film.h"

#include <algorithm>
#include <cmath>

#include "app/cli/animate.h"
#include "app/cli/outputs.h"
#include "app/export/furnish/furniture_options.h"
#include "core/figure/furniture.h"
#include "core/session/state_string.h"

namespace iem::cli {
namespace {

struct FilmedRun {
  const DrawnRun* drawn;
  std::string name;
};

std::vector<FilmedRun> runs_to_film(const Results& results) {
  std::vector<FilmedRun> out;
  for (std::size_t i = 0; i < results.drawn.size(); ++i)
    if (const DrawnRun& first = results.drawn[i].front(); first.run && !first.exit.empty())
      out.push_back({&first, results.runs.entry(i).spec.name});
  if (out.empty()) throw InputError("there is nothing to show: no run has begun");
  return out;
}

// As nearly a square as there are.
int columns_for(std::size_t runs) {
  return runs <= 3 ? static_cast<int>(runs)
                   : static_cast<int>(std::ceil(std::sqrt(static_cast<double>(runs))));
}

// The words of the page stand below all of it, and its letter before the first title.
Config in_panel(Config view, std::size_t panel) {
  view.set("paper.caption", std::string("off"));
  if (panel > 0) view.reset("paper.letter");
  return view;
}

void name_by_run(Figure& figure, const std::string& name) {
  if (figure.panels.empty()) return;
  Panel& first = figure.panels.front();
  const bool alone = figure.panels.size() == 1;
  first.title = name + (alone || first.title.empty() ? "" : ": " + first.title);
  if (alone) first.title_tex.clear();
}

}  // namespace

Config view_of(const Run& run, const DrawnRun& drawn, const Results& results) {
  Config view = run.setup().config();
  if (const auto best = results.best(drawn); best && view.table().find("comparison.best"))
    view.set("comparison.best", *best);
  return view;
}

void animate_runs(const Output& film, const CompareOptions& options, const Results& results,
                  const std::string& runs_in_words) {
  const std::vector<FilmedRun> runs = runs_to_film(results);
  FilmJob job{.path = film.path, .format = film.animation};
  std::size_t longest = 0;
  for (const FilmedRun& each : runs) {
    FilmedPanel panel{.runs = *each.drawn->run, .first = each.drawn->first};
    panel.last = panel.first + each.drawn->steps();
    if (!job.panels.empty()) panel.arrows = job.panels.front().arrows;  // lengths are compared
    job.panels.push_back(std::move(panel));
    if (each.drawn->steps() > runs[longest].drawn->steps()) longest = job.panels.size() - 1;
  }
  const auto seen = [&](const Run& run, std::size_t i) {
    return with_furniture(view_of(run, *runs[i].drawn, results), options.furniture);
  };
  job.show = [&, panels = job.panels](const std::vector<Filmed>& here) {
    FrameContent out;
    std::vector<std::string> states;
    for (std::size_t i = 0; i < here.size(); ++i) {
      const Config view = seen(here[i].first(), i);
      Figure figure = figure_in_film(here[i], film.id, view, panels[i]);
      const std::string& caption = view.text("paper.caption");
      if (i == longest && caption != "off")
        out.caption = caption == "on" ? figure.caption + runs_in_words : caption;
      name_by_run(figure, runs[i].name);
      out.panels.push_back({.figure = furnished(std::move(figure), in_panel(view, i)),
                            .theme = paint::theme_from_name(options.theme),
                            .own_x = view.is_set("paper.x_range"),
                            .own_y = view.is_set("paper.y_range")});
      if (film.animation->state_by_frame) states.push_back(write_state_string(here[i].first(), view));
    }
    if (!states.empty()) out.state = joined_state_strings(states);
    return out;
  };
  job.look = {.paper = export_options(options, true),
              .title = results.runs.first().setup().scene.title,
              .grid = GridLook{.columns = columns_for(runs.size())}};
  const Run& first = *runs.front().drawn->run;
  note_idle_in_film(film, first, seen(first, 0), options.furniture);
  std::vector<std::string> states;
  for (std::size_t i = 0; i < runs.size(); ++i)
    states.push_back(write_state_string(*runs[i].drawn->run, seen(*runs[i].drawn->run, i)));
  job.look.paper.metadata = joined_state_strings(states);
  job.progress = !options.quiet && !options.json;
  job.ended_by_signal =
      std::ranges::any_of(runs, [](const FilmedRun& each) { return each.drawn->exit == "interrupted"; });
  write_film(std::move(job), options, results.runs.first().pool());
}

}  // namespace iem::cli
