// One figure of several runs: their curves in one plot where each has one, else a picture of each side by
// side, with shared axes.
#pragma once

#include <string>
#include <vector>

#include "core/compare/band.h"
#include "core/figure/figure.h"

namespace iem {

// The same figure of one run, once for each of its draws.
struct RunFigures {
  std::string name;
  int mark = 0;  // its hue and dash: Role::lane, series_dash
  std::vector<Figure> draws;
};

struct OverlayOptions {
  BandKind band = BandKind::deviation;
  bool single_lines = false;  // the draws' own curves, thin, under their middle
  bool log_x = false, log_y = false;
};

// `runs` is not empty, and each has a draw. Of curves over steps each run has its hue and dash, and its name
// at the end; of several draws their middle and a band. What is no curve over steps stands side by side, of
// the first draw.
Figure figure_of_runs(const std::vector<RunFigures>& runs, const OverlayOptions& options);

// The bands and middles of the draws alone, without names, on panels like those of the figures: to be laid
// behind curves that are drawn already. No panels where they are no curves over steps.
Figure bands_of_runs(const std::vector<RunFigures>& runs, const OverlayOptions& options);

// " Mean and deviation of 20 draws."
std::string words_of_draws(BandKind band, std::size_t draws);

// Whether the curves of this figure can be laid over each other: over steps, and one a panel. Lines that mark
// a place do not count.
bool is_one_curve_over_steps(const Figure& figure);

}  // namespace iem
