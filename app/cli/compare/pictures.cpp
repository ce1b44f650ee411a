#include "app/cli/compare/pictures.h"

#include <algorithm>
#include <variant>

#include "app/cli/atlas/maps_beside.h"
#include "app/cli/compare/compare_film.h"
#include "core/atlas/atlas.h"
#include "core/figure/caption.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/lab.h"

namespace iem::cli {
namespace {

bool has_bands(const Figure& figure) {
  return std::ranges::any_of(figure.panels, [](const Panel& panel) {
    return std::ranges::any_of(panel.marks, [](const Mark& m) { return std::holds_alternative<Band>(m); });
  });
}

BandKind band_kind_of(const CompareOptions& options) {
  return options.band == "quartiles" ? BandKind::quartiles : BandKind::deviation;
}

// Which of several draws are shown, and how.
std::string words_of_seen(const Results& results, const CompareOptions& options, const Figure* banded) {
  const std::size_t draws = results.draws.size();
  if (draws <= 1) return "";
  if (!banded) return " The first of " + std::to_string(draws) + " draws.";
  return words_of_draws(*banded, band_kind_of(options), draws, results.given_best.has_value());
}

}  // namespace

std::string runs_in_words(const Results& results, const CompareOptions& options, const Figure* banded) {
  std::string out;
  for (std::size_t i = 0; i < results.drawn.size(); ++i) {
    const RunSpec& spec = results.runs.entry(i).spec;
    const std::string said = settings_in_words(results.runs.run(i).setup().config(), spec.settings);
    out += (i == 0 ? " Runs: " : "; ") + spec.name;
    const bool again = said.starts_with(spec.name + ", ");
    if (!said.empty() && said != spec.name) out += again ? said.substr(spec.name.size()) : " (" + said + ")";
  }
  return caption_words(out + ".") + words_of_seen(results, options, banded);
}

RunPictures::RunPictures(const Results& results, const CompareOptions& options, const Config& paper)
    : results_(results),
      options_(options),
      paper_(paper) {
  for (std::size_t i = 0; i < results.drawn.size(); ++i) {
    const Comparison::Entry& entry = results.runs.entry(i);
    Pictured pictured{entry.spec.name, entry.mark, nullptr, {}, {}};
    for (const DrawnRun& one : results.drawn[i]) {
      if (!one.run || one.exit.empty()) continue;
      // Only the first draw is shown as a stage, which needs the rows of all points.
      const std::int64_t rows = pictured.draws.empty() ? 4'000'000 : 0;
      if (pictured.draws.empty()) pictured.first = &*one.run;
      pictured.draws.push_back(take_snapshot(*one.run, rows));
      pictured.views.push_back(view_of(*one.run, one, results));
    }
    if (!pictured.draws.empty()) runs_.push_back(std::move(pictured));
  }
  if (runs_.empty()) throw InputError("there is nothing to show: no run has begun");
}

Figure RunPictures::figure(const std::string& id) const {
  const std::vector<RunFigures> runs = id == kAtlasFigure ? maps() : figures(id);
  if (!runs.front().draws.front().sentence.empty()) {
    Figure together = figure_together(id);
    if (together.sentence.empty()) return with_words(std::move(together));
  }
  OverlayOptions look;
  look.band = band_kind_of(options_);
  look.single_lines = options_.lines;
  // Bands on a logarithmic axis are of logarithms, so that the axis is chosen before they are made.
  const std::string& log = paper_.text("paper.log");
  look.log_x = log.find('x') != std::string::npos;
  look.log_y = log.find('y') != std::string::npos;
  return with_words(figure_of_runs(runs, look));
}

Figure RunPictures::with_words(Figure figure) const {
  figure.caption += runs_in_words(results_, options_, has_bands(figure) ? &figure : nullptr);
  return in_notation_of(runs_.front().views.front(), std::move(figure));
}

std::vector<RunFigures> RunPictures::figures(const std::string& id) const {
  std::vector<RunFigures> out;
  for (const Pictured& run : runs_) {
    RunFigures one{run.name, run.mark, {}};
    for (std::size_t k = 0; k < run.draws.size(); ++k)
      one.draws.push_back(lab_of(*run.draws[k]->setup).figure(id, *run.draws[k], {run.views[k], {}, {}}));
    out.push_back(std::move(one));
  }
  return out;
}

// Of the first draws: maps are not laid over each other.
std::vector<RunFigures> RunPictures::maps() const {
  std::vector<std::shared_ptr<const Snapshot>> firsts;
  std::vector<Config> views;
  for (const Pictured& run : runs_) {
    firsts.push_back(run.draws.front());
    views.push_back(run.views.front());
  }
  std::vector<Figure> figures = maps_beside(firsts, views);
  std::vector<RunFigures> out;
  for (std::size_t i = 0; i < runs_.size(); ++i)
    out.push_back({runs_[i].name, runs_[i].mark, {std::move(figures[i])}});
  return out;
}

// What one run alone cannot show, such as a table of all: of the first draws.
Figure RunPictures::figure_together(const std::string& id) const {
  const auto all = std::make_shared<Snapshot>(*runs_.front().draws.front());
  all->name = runs_.front().name;
  all->mark = runs_.front().mark;
  for (std::size_t i = 1; i < runs_.size(); ++i)
    all->lanes.push_back(compared_run(*runs_[i].first, runs_[i].name, runs_[i].mark));
  Figure out = lab_of(*all->setup).figure(id, *all, {runs_.front().views.front(), {}, {}});
  out.keep.push_back(all);
  return out;
}

}  // namespace iem::cli
