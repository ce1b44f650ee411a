// The names of several curves of one plot, right of it: level with the curves' ends, pushed apart where they
// would lie on each other, each behind a sample of its curve's hue and dash. So every name is legible and
// none covers a curve, and the column of names stays in place while the curves grow.
#pragma once

#include <vector>

#include "app/paint/figure_painter.h"

namespace iem::paint {

// Right of the plot, in pixels; 0 when no curve is named there.
double end_name_room(const Panel& panel, Canvas& canvas, const PaintOptions& options = {});

// Whether all of them have room in a plot of this height.
bool end_names_fit(const Panel& panel, double height_px);

struct EndName {
  const Line* line = nullptr;
  double middle = 0;  // of its sample and its letters, px
};
// The names from the top down. Where not all fit, as many as fit, always including the topmost and the
// lowest.
std::vector<EndName> place_end_names(const Panel& panel, const Transform& to_px, double type_scale = 1);

void paint_end_names(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                     const PaintOptions& options = {});

// Where there is no room right of the plot either: the names below it, each behind its sample, in as many
// columns as fit. Every name once, in the order of the curves.
struct NamesBelow {
  std::vector<Line> lines;
  std::size_t columns = 1;
  double column_px = 0, height_px = 0;
};
NamesBelow names_below(const std::vector<Panel>& panels, double width_px, Canvas& canvas);
void paint_names_below(const NamesBelow& names, Px top_left, const Theme& theme, Canvas& canvas);

// Whether a key inside a plot of this height leaves half of it to the curves.
bool key_fits(const Panel& panel, double height_px);

// Whether curves of several runs are named in it on screen.
bool names_runs(const Panel& panel);

// On screen there is no room right of the plot. Where three runs or more are compared their names form a key,
// each behind its sample, in a corner or another place that no curve comes to; fewer are named on their
// curves, and so are those whose key has no such place.
bool has_key(const Panel& panel, const PaintOptions& options);
struct Key {
  std::vector<const Line*> lines;
  std::size_t columns = 1;
  double column_px = 0, line_px = 0;
  PxRect box;
  bool shown = false, on_plate = false;
};
// `asked`: whatever the curves are, since not all of them have room for their names.
Key place_key(const Panel& panel, const Transform& to_px, Canvas& canvas, const PaintOptions& options,
              bool asked = false);
void paint_key(const Key& key, const Theme& theme, Canvas& canvas, const PaintOptions& options);

}  // namespace iem::paint
