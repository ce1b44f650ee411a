// What figures and tables of several labs are made of.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

// "Penguins, step 8, seed 7": what every caption begins with. The title is words, whatever stands in it.
std::string caption_start(const Snapshot& snapshot);

// " Standardised: bill length less 43.92 mm over 5.45 mm, ...", for captions of figures in those coordinates;
// empty: they are the data's own.
std::string standardised_words(const Dataset& data);

// The data as a table: its coordinates under these names, and the labels where it has some.
Dump points_dump(const Dataset& data, std::vector<std::string> names);

// "energies", "responsibilities" or "gradient" (dJ/dd_ij = r_ij / N, or what stands in r's place), a row a
// point.
Dump energies_dump(const std::string& id, const Snapshot& snapshot);

// A figure that says why there is nothing to show; on paper after `lead`, which says of what.
Figure sentence_figure(const FigureType& type, const std::string& sentence, const std::string& lead = {});

// A range that holds all finite values (up to 1e300) with a margin; never empty, and never so narrow that it
// would show nothing but rounding.
std::pair<double, double> range_of(Values values, double margin);

// The axis of the run's steps from 0 to `last`, or to 1 where there is none.
Axis step_axis(double last);

// An empty panel over all steps known.
Panel step_panel(const Snapshot& snapshot, std::pair<double, double> y);

// Numbers at increasing steps: of a long run not at every one (core/history/history.h).
struct StepCurve {
  std::vector<double> steps, y;
  std::size_t index(std::int64_t step) const;  // of the last one at or before `step`
};
StepCurve loss_curve(const History& history);
// A metric of the run's model; all NaN where it counts none of this name.
StepCurve metric_curve(const Snapshot& snapshot, std::string_view id);
StepCurve metric_curve(const Snapshot& snapshot, std::size_t place);  // in Model::metric_ids

// The trails of the steps up to the present one, itself included: all, or about `most`, of which half are the
// last ones and the others thinned out. The way is whole however long it is.
std::vector<Track::Row> trails_until_now(const Snapshot& snapshot, std::size_t most);

// A run's curve up to now, its known future pale, and a disc where we are if there is a value. The numbers
// are owned by `figure`. Returns the curve up to now; valid until a mark is added.
Line& add_curve(Figure& figure, Panel& panel, const std::string& name, const StepCurve& curve,
                std::int64_t now, const Ink& ink, double width_px, Dash dash = Dash::solid,
                Shape here = Shape::disc);

// The key view.notation, of labs whose formulas can be in other letters (core/figure/notation.h).
Parameter notation_parameter();
// What it says; of other labs their own.
std::string notation_of(const Config& config);

// The keys view.plots, view.centre and view.runs: which of the lab's figures stand beside the stage, which in
// its place, and how several runs share it. One of them is the stage (FigureUse). `plots` may depend on the
// configuration.
std::vector<Parameter> page_parameters(const std::vector<FigureType>& figures,
                                       const std::function<const Value*(const Config&)>& plots);

// Makes the curve that of another run: in a hue and a dash of its own, with its name; on paper at its end, on
// screen at a place along it where no other is named. The run itself is solid.
void mark_as_lane(Line& line, const ComparedRun& lane, const Snapshot& snapshot);

// Makes the curve that of prototype j: its hue, and a dash of its own. `first`: 1 where another curve of the
// plot is solid, so that the dash of a prototype is the same in all panels of a figure.
void mark_as_prototype(Line& line, int j, int first = 0);

// J over steps, with the curves of other lanes.
Panel loss_panel(Figure& figure, const Snapshot& snapshot);

// What "minimised" means of a J whose temperature falls, to follow the word; empty where it stays.
std::string while_it_cools(const Snapshot& snapshot);

// The figure `loss` of an objective -(tau/N) sum_i log sum_j exp(-d_ij/tau).
Figure log_sum_exp_loss(const Snapshot& snapshot);

}  // namespace iem
