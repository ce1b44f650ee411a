// What figures and tables of several labs are made of.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/lab/lab.h"

namespace iem {

// One figure of a lab: how it is offered and how it is made.
struct LabFigure {
  FigureType type;
  Figure (*make)(const Snapshot& snapshot, const View& view);
  bool of_responsibilities = false;  // shows a sentence where the objective has none
};

std::vector<FigureType> types_of(const std::vector<LabFigure>& figures);
// The figure of this id, which must be one of them.
Figure make_figure(const std::vector<LabFigure>& figures, const std::string& id, const Snapshot& snapshot,
                   const View& view);

// "Penguins, step 8, seed 7": what every caption begins with. The title is words, whatever stands in it.
std::string caption_start(const Snapshot& snapshot);

// The data as a table: its coordinates under these names, and the labels where it has some.
Dump points_dump(const Dataset& data, std::vector<std::string> names);

// A figure that says why there is nothing to show; on paper after `lead`, which says of what.
Figure sentence_figure(const FigureType& type, const std::string& sentence, const std::string& lead = {});

// A range that holds all finite values with a margin; never empty.
std::pair<double, double> range_of(Values values, double margin);

// An empty panel over all steps known.
Panel step_panel(const Snapshot& snapshot, std::pair<double, double> y);

// A run's curve up to now, its known future pale, and a disc where we are if there is a value; y[t] belongs
// to step t. The numbers are owned by `figure`. Returns the curve up to now; valid until a mark is added.
Line& add_curve(Figure& figure, Panel& panel, const std::string& name, const std::vector<double>& y,
                std::int64_t now, const Ink& ink, double width_px);

// The keys view.plots and view.centre: which of the lab's figures stand beside the stage, and which in its
// place. `plots` may depend on the configuration.
std::vector<Parameter> page_parameters(const std::vector<LabFigure>& figures,
                                       const std::function<const Value*(const Config&)>& plots);

// Where along its curve a lane is named, 0..1: each somewhere else, so that names do not fall on one another.
double label_place(const LaneView& lane, const Snapshot& snapshot);

// J over steps, with the curves of other lanes.
Panel loss_panel(Figure& figure, const Snapshot& snapshot);

// The figure `loss` of an objective -(tau/N) sum_i log sum_j exp(-d_ij/tau).
Figure log_sum_exp_loss(const Snapshot& snapshot);

}  // namespace iem
