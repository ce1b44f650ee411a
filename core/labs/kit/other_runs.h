// Ways of prototypes on a stage: that of a run, and of the other runs with where they are at the same step.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

// The way of prototype j in trails that hold three numbers a prototype, the first two of which are its place
// (Problem::trail), up to and with step `last`. Where it was not there on the way, it begins anew.
struct WayOfPrototype {
  std::vector<double> x, y;
};
WayOfPrototype way_of(const std::vector<Track::Row>& trails, int j, std::int64_t last);

// Where the view lays several runs over each other: in the hues of the prototypes and in the dash of each
// run's curve, the prototypes hollow. The caption says so. `has_places`: of which runs the trails are places;
// null: of all.
void add_other_runs(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view,
                    bool (*has_places)(const ComparedRun& run) = nullptr);

// A prototype of another run: its shape, hollow.
Marker ghost_of_prototype(const std::string& name, double x, double y, int j);

// Says in the caption whose marks those are; nothing where there are none.
void add_names_of_others(Figure& figure, const char* words, const std::string& names);

}  // namespace iem
