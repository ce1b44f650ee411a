// Parts of figures and tables that several labs use.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

// The beginning of every caption, "Penguins, step 8, seed 7". The title is escaped, so that nothing in it is
// read as mathematics.
std::string caption_start(const Snapshot& snapshot);

// " Standardised: bill length minus 43.92 mm, divided by 5.45 mm; ...", for captions of figures in those
// coordinates; empty: they are the data's own.
std::string standardised_words(const Dataset& data);

// The data as a table: its coordinates, under these names where they have none of their own, and the labels
// where it has some.
Dump points_dump(const Dataset& data, const std::vector<std::string>& names);

// "energies", "responsibilities" or "gradient" (dJ/dd_ij = r_ij / N, or what stands in r's place), a row a
// point.
Dump energies_dump(const std::string& id, const Snapshot& snapshot);
std::vector<TableColumn> energy_columns(const std::string& id, int count);  // its columns

// A figure that only says why there is nothing to show; on paper the sentence follows `lead`, which names the
// subject.
Figure sentence_figure(const FigureType& type, const std::string& sentence, const std::string& lead = {});

// A range that contains all finite values (up to 1e300) with a margin. It is never empty, and never so narrow
// that it would show rounding errors only.
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
// A metric of the run's model; all NaN where the model has none of this name.
StepCurve metric_curve(const Snapshot& snapshot, std::string_view id);
StepCurve metric_curve(const Snapshot& snapshot, std::size_t place);  // in Model::metric_ids

// The trails of the steps up to and including the present one: all, or about `most`, of which half are the
// most recent and the others are spread over the earlier steps, so that the whole path is covered.
std::vector<Track::Row> trails_until_now(const Snapshot& snapshot, std::size_t most);

// Adds a run's curve up to the present step, its known future in a pale ink, and a disc at the present step
// if there is a value. The numbers are owned by `figure`. Returns the curve up to now; valid until a mark is
// added.
Line& add_curve(Figure& figure, Panel& panel, const std::string& name, const StepCurve& curve,
                std::int64_t now, const Ink& ink, double width_px, Dash dash = Dash::solid,
                Shape here = Shape::disc);

// The key view.notation, of labs whose formulas can be in other letters (core/figure/notation.h).
Parameter notation_parameter();
// What it says; of other labs their own.
std::string notation_of(const Config& config);
// The formulas of a figure in it.
Figure in_notation_of(const Config& config, Figure figure);

// The keys view.plots, view.centre and view.runs: which figures are shown beside the stage, which one in
// its place, and how several runs share it. One of them is the stage (FigureUse). `plots` may depend on the
// configuration.
std::vector<Parameter> page_parameters(const std::vector<FigureType>& figures,
                                       const std::function<const Value*(const Config&)>& plots);

// Styles a curve as that of another run: with the run's hue, dash and name. The name stands on paper at the
// end of the curve, on screen at a place where no other curve is named. The curve of the first run is solid.
void mark_as_lane(Line& line, const ComparedRun& lane, const Snapshot& snapshot);

// Styles a curve as that of prototype j, with its hue and dash. `first` is 1 where another curve of the
// figure is solid, so that a prototype has the same dash in all panels.
void mark_as_prototype(Line& line, int j, int first = 0);

// J over steps, with the curves of other lanes.
Panel loss_panel(Figure& figure, const Snapshot& snapshot);

// A phrase to follow the word "minimised" where the temperature of J decays; empty where it is constant.
std::string while_it_cools(const Snapshot& snapshot);

// The figure `loss` of an objective -(tau/N) sum_i log sum_j exp(-d_ij/tau).
Figure log_sum_exp_loss(const Snapshot& snapshot);

}  // namespace iem
