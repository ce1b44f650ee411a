// A panel of a figure on screen. ImPlot handles the axes (pan with the middle or right button, zoom with the
// wheel); the painter of pages draws everything else, so that the window and the page show the same picture.
#pragma once

#include <optional>

#include "app/gui/context/view_state.h"
#include "app/paint/figure_painter.h"
#include "imgui.h"

namespace iem::gui {

struct PlotOptions {
  std::optional<PlotRange> range;  // what to show; empty: what the panel says
  paint::PaintOptions paint;
  bool zoomable = true;
  bool painted = false;  // the left and right buttons belong to a brush: the middle one moves the view
  bool names = true;     // the words in the corners
};

// Begins with the constructor and ends with the destructor; between them the caller may add to the picture
// and ask for the mouse.
class PlotArea {
 public:
  // The plot itself fills [min, max] (screen pixels); tick numbers lie outside, left and below.
  PlotArea(const char* id, const Panel& panel, ImVec2 min, ImVec2 max, const PlotOptions& options);
  ~PlotArea();
  PlotArea(const PlotArea&) = delete;
  PlotArea& operator=(const PlotArea&) = delete;

  bool visible() const { return visible_; }
  const paint::Transform& to_px() const { return to_px_; }  // style pixels
  paint::Px mouse() const;                                  // style pixels
  bool hovered() const { return hovered_; }
  bool fit_asked() const { return fit_asked_; }  // double click
  // The range the user has just moved to; empty when he has not.
  const std::optional<PlotRange>& moved() const { return moved_; }
  void paint(const Panel& panel, const PlotOptions& options);
  void paint_marks(const Panel& panel, const PlotOptions& options);  // over what has been painted
  ImDrawList* list() const { return list_; }

 private:
  bool visible_ = false, hovered_ = false, fit_asked_ = false;
  paint::Transform to_px_;
  std::optional<PlotRange> moved_;
  double x0_ = 0, x1_ = 1, y0_ = 0, y1_ = 1;  // linked to ImPlot's axes
  ImDrawList* list_ = nullptr;
};

// Where the axes of a panel lie in [min, max] when `range` is to be seen: equal aspect widens it.
paint::Transform plot_transform(const Panel& panel, const std::optional<PlotRange>& range, ImVec2 min,
                                ImVec2 max);
// Room for the y tick numbers of a panel, in screen pixels.
float tick_room(const Panel& panel, ImVec2 min, ImVec2 max);

}  // namespace iem::gui
