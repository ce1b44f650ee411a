// The right column: loss, identity, the pinned point's bars, and the derived activation. Each is a docked
// window of its own with a title, drawn from the snapshot.
#pragma once

#include "app/gui/desk.h"
#include "app/gui/figure_view.h"

namespace iem::gui {

class PlotColumn {
 public:
  // Each fills the present ImGui window.
  void draw_loss(Desk& desk);
  void draw_identity(Desk& desk);
  void draw_pinned(Desk& desk);
  void draw_activation(Desk& desk);

 private:
  FigureView figures_;
};

}  // namespace iem::gui
