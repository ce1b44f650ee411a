// Paths of prototypes on a stage: those of the run itself, and those of other runs with their places at the
// same step.
#pragma once

#include <cstdint>
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

// Where the view overlays several runs, draws the others with hollow prototypes in the prototypes' hues and
// with the dash of each run's curve; the caption names them. `has_places` says for which runs trails are
// places; null: for all.
void add_other_runs(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                    bool (*has_places)(const ComparedRun& run) = nullptr);

// A prototype of another run: its shape, hollow.
Marker ghost_of_prototype(const std::string& name, double x, double y, int j);

// Names the runs of these marks in the caption; does nothing where there are none.
void add_names_of_others(Figure& figure, const char* words, const std::string& names);

}  // namespace iem
