// One figure of several runs: their curves in one plot where the figure is one curve, else their pictures
// side by side with shared axes.
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
  bool single_lines = false;  // also draws each draw's curve, thin, under the middle curve
  bool log_x = false, log_y = false;
};

// `runs` must not be empty, and each must have a draw. In a plot of curves over steps each run has its hue,
// its dash and its name at the end, and several draws become a middle curve with a band. Other figures are
// set side by side, each by its first draw.
Figure figure_of_runs(const std::vector<RunFigures>& runs, const OverlayOptions& options);

// Only the bands and middle curves of the draws, without names, on panels like those of the figures, to be
// painted behind curves that are drawn already. There are no panels where the figures are not curves over
// steps.
Figure bands_of_runs(const std::vector<RunFigures>& runs, const OverlayOptions& options);

// " Mean and deviation of 20 draws.", for a figure that has their bands: on a logarithmic axis they are
// geometric, and draws may be left out. `best_given`: J* is that of the scene, not of each draw.
std::string words_of_draws(const Figure& banded, BandKind band, std::size_t draws, bool best_given);

// Whether figures like this one can be overlaid: each panel has one curve, over steps. Lines that only mark a
// place do not count.
bool is_one_curve_over_steps(const Figure& figure);

}  // namespace iem
