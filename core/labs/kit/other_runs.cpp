#include "core/labs/kit/other_runs.h"

#include <cmath>
#include <string>
#include <vector>

#include "core/figure/caption.h"

namespace iem {
namespace {

constexpr std::size_t kNumbers = 3;  // of a prototype in a trail

// Draws prototype j of a run: its path up to the step of the state, and its present place.
void add_ghost(Figure& figure, Panel& panel, const ComparedRun& run, const std::vector<Track::Row>& rows,
               int j) {
  auto [x, y] = way_of(rows, j, run.state.step);
  if (x.empty()) return;
  const std::string name = run.label + " " + std::to_string(j + 1);
  Marker ghost = ghost_of_prototype(name, x.back(), y.back(), j);
  Line way{.series = "way of " + name, .x = {}, .y = {}, .ink = {Role::line, j, 0.55}, .width_px = 1.2};
  way.x = figure.own(std::move(x)), way.y = figure.own(std::move(y));
  way.dash = series_dash(run.mark);
  if (way.x.size() > 1) panel.marks.push_back(std::move(way));
  panel.marks.push_back(std::move(ghost));
}

}  // namespace

WayOfPrototype way_of(const std::vector<Track::Row>& trails, int j, std::int64_t last) {
  WayOfPrototype way;
  const std::size_t at = kNumbers * static_cast<std::size_t>(j);
  for (const auto& [step, row] : trails) {
    if (step > last) break;
    if (at + 1 >= row.size()) {
      way = {};
    } else if (std::isfinite(row[at]) && std::isfinite(row[at + 1])) {
      way.x.push_back(row[at]), way.y.push_back(row[at + 1]);
    }
  }
  return way;
}

Marker ghost_of_prototype(const std::string& name, double x, double y, int j) {
  Marker ghost{.series = name, .x = x, .y = y, .shape = Shape::prototype, .ink = {Role::line, j, 0.75}};
  ghost.radius_px = 5;
  ghost.halo_px = 1;
  ghost.hollow = true;
  ghost.stroke_px = 1.4;
  return ghost;
}

std::vector<const ComparedRun*> runs_on_stage(const Snapshot& snapshot, const View& view) {
  if (view.config.text("view.runs") != "overlay") return {};
  return snapshot.shown_lanes();
}

Ink ink_on_stage(const Snapshot& snapshot, const View& view) {
  if (runs_on_stage(snapshot, view).empty()) return {Role::accent};
  return {Role::lane, snapshot.mark};
}

void draw_other_runs(Figure& figure, const Snapshot& snapshot, const View& view, const char* words,
                     const std::function<bool(const ComparedRun& run)>& draw) {
  std::string names;
  for (const ComparedRun* run : runs_on_stage(snapshot, view))
    if (!run->kept && draw(*run)) names += (names.empty() ? "" : ", ") + run->label;
  if (!names.empty()) figure.caption += std::string(" ") + words + ": " + caption_words(names) + ".";
}

void add_other_runs(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                    bool (*has_places)(const ComparedRun& run)) {
  const auto draw = [&](const ComparedRun& run) {
    if (has_places != nullptr && !has_places(run)) return false;
    const std::vector<Track::Row> rows = run.history.trails();
    const std::size_t numbers = rows.empty() ? 0 : rows.back().numbers.size();
    for (int j = 0; j < static_cast<int>(numbers / kNumbers); ++j) add_ghost(figure, panel, run, rows, j);
    return true;
  };
  draw_other_runs(figure, snapshot, view, "Hollow, with their ways in the dashes of their curves", draw);
}

}  // namespace iem
