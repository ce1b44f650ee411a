// Paths of prototypes on a stage: those of the run itself, and those of other runs with their places at the
// same step.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

// The path of prototype j up to and including step `last`, from trails with three numbers for each prototype,
// of which the first two are its place (Problem::trail). If the prototype was missing at some step, the path
// begins after it.
struct WayOfPrototype {
  std::vector<double> x, y;
};
WayOfPrototype way_of(const std::vector<Track::Row>& trails, int j, std::int64_t last);

// The runs that the view lays over this one's stage: none where each has a stage of its own.
std::vector<const ComparedRun*> runs_on_stage(const Snapshot& snapshot, const View& view);
// What this run is drawn in there: its hue beside those, or that of a run alone.
Ink ink_on_stage(const Snapshot& snapshot, const View& view);

// Where the view overlays several runs, draws the others with hollow prototypes in the prototypes' hues and
// with the dash of each run's curve; the caption names them. `has_places` says for which runs trails are
// places; null: for all.
void add_other_runs(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                    bool (*has_places)(const ComparedRun& run) = nullptr);

// A prototype of another run: its shape, hollow.
Marker ghost_of_prototype(const std::string& name, double x, double y, int j);

// Where the view lays several runs over each other, draws each that is shown and has a present state. `draw`
// returns false for a run that it cannot draw; the caption names the others after `words`.
void draw_other_runs(Figure& figure, const Snapshot& snapshot, const View& view, const char* words,
                     const std::function<bool(const ComparedRun& run)>& draw);

}  // namespace iem
