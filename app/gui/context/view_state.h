// The state of the window that is no part of the run: the view keys, what is pinned and hovered, and the zoom
// of plots.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem::gui {

// The part of the plane a plot shows.
struct PlotRange {
  double x0 = 0, x1 = 1, y0 = 0, y1 = 1;
  bool operator==(const PlotRange&) const = default;
};

struct ViewState {
  Config config;         // a complete configuration; its keys of Effect::view are authoritative in the window
  ElementId pinned;      // a prototype whose arrows stay named; the pinned point is the key view.pinned
  ElementId hovered;     // under the pointer, on the stage
  bool by_plot = false;  // or on another plot, which keeps it until the pointer leaves
  int shaped = -1;       // the prototype whose ellipse shows its handles
  // Between two phases, on the way to the one of the key view.phase: View::phase. NaN: there.
  double phase = std::numeric_limits<double>::quiet_NaN();
  bool only_stage = false;
  bool loops = false;     // at the end of the scrub bar a run that plays goes on from its start
  bool painting = false;  // whether the pointer paints points on the stage
  bool own_data = false;  // the points are no longer where the scene's were: its ranges do not fit
  int fits = 0;           // counts requests to show everything on the stage
  std::map<std::string, PlotRange> zoom;   // plots the user has zoomed, by figure id
  std::set<std::string> log_axes;          // those the user has made logarithmic: "loss.y"
  std::shared_ptr<const SeenDraws> draws;  // many draws of the runs, behind them; null: none
  // view.plots before runs were compared and since then: their figures come and go with the runs.
  std::vector<std::string> plots_alone, plots_of_runs;
  std::uint64_t revision = 0;           // changes with everything above
  std::shared_ptr<AtlasShelf> atlases;  // of the figure `atlas`; the window's, not this view's

  View view() const { return {config, pinned, hovered, shaped, phase, draws, atlases}; }
  void touch() { ++revision; }

  // The point whose numbers are shown: the hovered one, else the pinned one; -1: none.
  int shown_point(const Snapshot& snapshot) const;
  int pinned_point(const Snapshot& snapshot) const;
  void pin_point(int index);  // -1: none
  // The phase of an update that the stage shows: its id; empty: none.
  std::string chosen_phase() const;
  void choose_phase(const std::string& id);

  // What the stage shows, as the keys view.x and view.y: figures made from this view, on screen and on paper,
  // agree.
  void show(const PlotRange& range);
  std::optional<PlotRange> shown_range() const;  // what show() was last told; empty: nothing yet
  // Shows all of `data`, after other points have been set, with a probe line across them.
  void look_at(const Dataset& data);
  // Returns the stage to the ranges of the scene; the stage notices by `fits`.
  void fit_stage(const Config& scene);
};

// The view of a scene as opened, with a probe line across its data if it names none.
ViewState initial_view(const Config& scene, const Dataset& data);

}  // namespace iem::gui
