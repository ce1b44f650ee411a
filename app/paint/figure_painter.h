// Draws a panel of a figure on any canvas: the window's plots and the exported page use these same functions.
//
// Order on a page: paint_grid, paint_marks (clipped to the plot), paint_axes. In the window ImPlot owns the
// axes and paint_marks runs inside its plot; paint_axis_names sets the words in the corners there too.
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "app/paint/canvas.h"
#include "app/paint/theme.h"
#include "app/paint/transform.h"
#include "core/figure/figure.h"
#include "core/figure/ticks.h"

namespace iem::paint {

struct PaintOptions {
  double type_scale = 1;  // teacher mode: 1.6
  double mark_scale = 1;  // radii and arrow heads; small pages: 0.75
  // Slide labels along their curves and edges to a free place. On for paper; off on screen, where a label
  // that jumps while the run plays is worse than one that touches a curve.
  bool place_labels = false;
  // With place_labels: words do not look for a free place, which would be another one in the next frame of an
  // animation.
  bool steady_words = false;
  // Names of several curves stand right of the plot, where room has been left (end_names.h), and are painted
  // by paint_end_names; otherwise on their curves.
  bool names_at_ends = false;
  bool names_in_key = false;  // or below the plots (NamesBelow): not on their curves either
  bool key_inside = false;    // or in a key within the plot, as on screen; and so the key to signs
  // A legend stands below the axis, where it covers nothing, and is painted by paint_legend.
  bool legend_below = false;
  bool numbers = true;  // at the axes; in front of a class a stage reaches to its edges and has none
  // A part of the x axis, in style pixels, that is reserved for something else, so that no tick number is
  // written there; equal: none.
  double taken_from = 0, taken_to = 0;
  // A line through the plot at this x, in style pixels: names that look for a place keep off it, and those
  // that it crosses all the same get a plate.
  double line_x = std::numeric_limits<double>::quiet_NaN();
  double image_density = 2;          // pixels of computed pictures (fields, splats) per style pixel
  std::size_t splat_above = 20000;   // points of one Scatter beyond which they become one picture
  std::optional<ElementId> hovered;  // drawn larger, with a ring

  bool searches_places() const { return place_labels && !steady_words; }

  // Return true when handled (screen: GPU texture, cached splat). Otherwise, or when empty, the CPU draws.
  std::function<bool(const FieldMark&, const Transform&, Canvas&)> field;
  std::function<bool(const Scatter&, const Transform&, Canvas&)> many_points;
};

void paint_grid(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                const PaintOptions& options = {});
// paint_shapes, then paint_words (Text marks and the labels of lines).
void paint_marks(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                 const PaintOptions& options = {});
void paint_shapes(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                  const PaintOptions& options = {});
void paint_words(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                 const PaintOptions& options = {});
// Tick numbers outside the plot and the axis names inside its corners.
void paint_axes(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                const PaintOptions& options = {});
// The room in pixels that paint_axes needs above and below the plot besides that of tick numbers: axis names
// stand there when place_labels finds no free place inside, or where they would cover cells.
struct NameRoom {
  double above = 0, below = 0;
};
// The height that a legend needs below the axis and its name, where it stands outside of the plot; 0 without
// one.
double legend_room(const Panel& panel, double plot_width, Canvas& canvas, const PaintOptions& options);
// The legend of a panel alone, where there is one; paint_shapes paints it too.
void paint_legend(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                  const PaintOptions& options);
NameRoom axis_name_room(const Panel& panel, const Transform& to_px, Canvas& canvas,
                        const PaintOptions& options);
// Where the names inside the plot stand: words on curves keep clear of them.
std::vector<PxRect> axis_name_rects(const Panel& panel, const Transform& to_px, Canvas& canvas,
                                    const PaintOptions& options);
void paint_axis_names(const Panel& panel, const Transform& to_px, const Theme& theme, Canvas& canvas,
                      const PaintOptions& options = {});

// One prototype's shape of optical radius `radius_px`: disc, square, triangle, diamond, pentagon, star, plus,
// cross. For legends, tables and controls too.
void paint_prototype(Canvas& canvas, const Theme& theme, int prototype, Px centre, double radius_px,
                     double halo_px = 0, bool hollow = false, double alpha = 1);

// The axis' round ticks, fewer than its max_ticks where `length_px` has no room for their labels.
std::vector<Tick> fitting_ticks(const Axis& axis, double length_px, bool horizontal, double type_scale = 1);

// Those of the y axis of a plot. Where both axes show one quantity, read against itself on the diagonal, and
// fewer numbers fit side by side than above each other, it shows these.
std::vector<Tick> y_ticks(const Panel& panel, const Transform& to_px, double type_scale = 1);

// Room for the widest y tick number left of the plot, in pixels.
double y_tick_width(const Panel& panel, const Transform& to_px, Canvas& canvas,
                    const PaintOptions& options = {});
// How far the first and last x tick numbers reach beyond the plot's sides.
struct Overhang {
  double left = 0, right = 0;
};
Overhang x_tick_overhang(const Panel& panel, const Transform& to_px, Canvas& canvas,
                         const PaintOptions& options = {});

// The element under the pointer at `at`, searching marks from the top down; none if nothing is near.
ElementId element_at(const Panel& panel, const Transform& to_px, Px at, double reach_px = 6);

// All points of a scatter as one picture covering to_px.rect(), `density` pixels per style pixel:
// anti-aliased discs with their halos on a clear ground, in data order. Safe on any thread; 100,000 points
// take about 15 ms.
Image splat_points(const Scatter& scatter, const Transform& to_px, const Theme& theme, double density);

// The same points as a density, in squares of two style pixels; a million take some milliseconds.
Image splat_density(const Scatter& scatter, const Transform& to_px, const Theme& theme, double density);

// The colours of a scatter's points: its ink, or for each point the mixture of mark colours by its weights.
// Mark colours are converted to OKLab once.
class ScatterColours {
 public:
  ScatterColours(const Scatter& scatter, const Theme& theme);
  Rgba operator()(std::size_t i) const;

 private:
  const Scatter& scatter_;
  Rgba ink_;
  std::vector<Oklab> marks_;  // lightness scaled; empty without weights
  std::vector<Rgb> groups_;   // of those that occur
  std::size_t stride_ = 0;
};

}  // namespace iem::paint
