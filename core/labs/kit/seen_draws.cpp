#include "core/labs/kit/seen_draws.h"

#include <algorithm>

#include "core/config/common_parameters.h"
#include "core/config/setting_words.h"
#include "core/labs/kit/run_rows.h"

namespace iem {
namespace {

constexpr std::int64_t kMostRows = 4'000'000;  // of points, in the last states of all draws of the first run

std::vector<Edit> settings_between(const Config& of, const Config& from) {
  std::vector<Edit> out;
  for (auto& [key, value] : differing_settings(of, from)) out.push_back({key, std::move(value), 0});
  return out;
}

std::string name_of(const Draw& draw) {
  return draw.seed ? "seed " + std::to_string(*draw.seed) : "start " + std::to_string(*draw.seed_init);
}

// The view without the keys that no single curve over steps reads: bands stay when those change, as some do
// in every frame of a drag.
Config as_bands_read(Config view) {
  for (const char* key :
       {"view.x", "view.y", "view.z", "view.at", "view.probe", "view.phase", "view.plots", "view.centre"})
    view.reset(key);
  return view;
}

bool has_steps(const Figure& figure) {
  return std::ranges::any_of(figure.panels, [](const Panel& p) { return p.x.quantity == Quantity::step; });
}

}  // namespace

SeenDraws::SeenDraws(const Comparison& now, const DrawPlan& plan,
                     const std::vector<std::vector<DrawnRun>>& drawn) {
  const auto given = given_best(now.first().setup().config());
  for (std::size_t i = 0, line = 0; i < now.size() && line < drawn.size(); ++i) {
    if (now.entry(i).is_future()) continue;
    OfRun run{now.run(i).setup().config(), {}};
    for (std::size_t k = 0; k < drawn[line].size(); ++k) {
      const DrawnRun& one = drawn[line][k];
      if (!one.run || one.exit == "interrupted" || one.run->divergence()) continue;
      const std::int64_t rows = line == 0 ? kMostRows / static_cast<std::int64_t>(drawn[line].size()) : 0;
      End end{name_of(plan.draws[k]), settings_between(one.run->setup().config(), run.config), nullptr,
              best_loss(drawn, one, given)};
      end.snapshot = take_snapshot(*one.run, rows);
      run.ends.push_back(std::move(end));
      for (const Edit& edit : run.ends.back().settings) drawn_keys_.insert(edit.key);
    }
    runs_.push_back(std::move(run));
    ++line;
  }
}

SeenDraws::SeenDraws(const SeenDraws& other, Look look)
    : runs_(other.runs_),
      drawn_keys_(other.drawn_keys_),
      look_(look) {}

std::size_t SeenDraws::count() const {
  std::size_t most = 0;
  for (const OfRun& run : runs_) most = std::max(most, run.ends.size());
  return most;
}

// A run that differs only in keys that vary from draw to draw counts as the same run.
const SeenDraws::OfRun* SeenDraws::of(const Setup& setup) const {
  const auto found = std::ranges::find_if(runs_, [&](const OfRun& run) {
    return setup.config().lab() == run.config.lab() &&
           std::ranges::all_of(differing_settings(setup.config(), run.config),
                               [&](const auto& setting) { return drawn_keys_.contains(setting.first); });
  });
  return found == runs_.end() || found->ends.empty() ? nullptr : &*found;
}

const std::vector<SeenDraws::End>* SeenDraws::ends(const Snapshot& snapshot) const {
  const OfRun* run = of(*snapshot.setup);
  return run == nullptr ? nullptr : &run->ends;
}

std::shared_ptr<const SeenDraws::Bands> SeenDraws::bands(const std::string& id, const Snapshot& snapshot,
                                                         const View& view) const {
  std::vector<std::pair<const OfRun*, int>> runs;
  std::vector<std::string> names;
  for (const RunRow& row : run_rows(snapshot))
    if (const OfRun* run = row.kept || !row.shown ? nullptr : of(*row.setup))
      if (run->ends.size() > 1) runs.emplace_back(run, row.mark), names.push_back(row.name);
  const Config read = as_bands_read(view.config);
  const std::lock_guard lock(mutex_);
  std::shared_ptr<const Bands>& kept = bands_[id];
  if (kept && kept->view == read && kept->runs == runs) return kept;
  std::vector<RunFigures> figures;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    figures.push_back({names[i], runs[i].second, {}});
    for (const End& end : runs[i].first->ends) {
      Config config = read;
      if (end.best && config.table().find("comparison.best")) config.set("comparison.best", *end.best);
      figures.back().draws.push_back(
          lab_of(*end.snapshot->setup).figure(id, *end.snapshot, {config, {}, {}}));
    }
  }
  Figure made;
  if (!figures.empty())
    made = bands_of_runs(figures, {.band = look_.band, .single_lines = look_.single_lines});
  kept = std::make_shared<const Bands>(Bands{read, std::move(runs), std::move(made)});
  return kept;
}

void SeenDraws::add_to(Figure& figure, const Snapshot& snapshot, const View& view) const {
  if (!has_steps(figure)) return;
  const std::shared_ptr<const Bands> behind = bands(figure.id, snapshot, view);
  if (behind->figure.panels.size() != figure.panels.size()) return;
  for (std::size_t p = 0; p < figure.panels.size(); ++p) {
    Panel& panel = figure.panels[p];
    const Panel& band = behind->figure.panels[p];
    panel.marks.insert(panel.marks.begin(), band.marks.begin(), band.marks.end());
    panel.x.hi = std::max(panel.x.hi, band.x.hi);
    panel.y.lo = std::min(panel.y.lo, band.y.lo);
    panel.y.hi = std::max(panel.y.hi, band.y.hi);
  }
  figure.keep.push_back(behind);
  figure.caption += words_of_draws(figure, look_.band, count(), given_best(view.config).has_value());
}

}  // namespace iem
