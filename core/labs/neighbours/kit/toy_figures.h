// Parts of figures that several toys use.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/figure_parts.h"
#include "core/labs/neighbours/kit/toy.h"

namespace iem {

// A caption of a toy: the usual beginning, then `words`, then the paper and the limits of the toy.
std::string toy_caption(const Snapshot& snapshot, const std::string& words);
// The same without the last part, for figures beside the stage.
std::string short_toy_caption(const Snapshot& snapshot, const std::string& words);

// A stage that shows these ranges unless the view says others.
Panel toy_stage(const View& view, std::pair<double, double> x, std::pair<double, double> y, bool equal);
// Names both axes by formulas: "M_1" and "M_2".
void name_plane(Panel& panel, const std::string& x_tex, const std::string& y_tex);

// A dashed or dotted line across the whole panel at a known value y, with its name.
void add_level(Figure& figure, Panel& panel, const std::string& series, double y, const std::string& name,
               bool tex = false);

// The path of the run so far as a trail, and those of other runs in their hues; `at` is the index of the x
// coordinate among Toy::places.
void add_ways(Figure& figure, Panel& panel, const Snapshot& snapshot, const View& view, std::size_t at = 0);

// A number of the run's history against another one: x and y of each row it has.
struct Against {
  std::function<double(double loss, double value)> x, y;
  std::string metric;  // whose value it is; empty: none
};
// One curve a run, as far as it is known, with a disc where it is now.
void add_curves_against(Figure& figure, Panel& panel, const Snapshot& snapshot, const Against& against,
                        const std::string& series);
// Ranges that hold every curve of the panel, with a margin.
void fit_to_curves(Panel& panel, double margin_x, double margin_y);

// A number of the model over steps, of this run and those beside it.
void add_metric_curves(Figure& figure, Panel& panel, const Snapshot& snapshot, const std::string& metric,
                       const std::string& series);

// The figures that every toy has.
Figure toy_stage_figure(const Snapshot& snapshot, const View& view);
Figure toy_loss_figure(const Snapshot& snapshot, const View& view);
Figure toy_identity_figure(const Snapshot& snapshot, const View& view);
// The change of the quantities that gradient flow conserves.
Figure toy_kept_figure(const Snapshot& snapshot, const View& view);

}  // namespace iem
