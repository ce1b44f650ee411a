// The right column: the plots of the lab's page (view.plots), such as loss, identity, the pinned point's bars
// and the derived activation. Each is a docked window of its own with a title, drawn from the snapshot.
#pragma once

#include <optional>
#include <string>

#include "app/gui/context/held_element.h"
#include "app/gui/context/panel_context.h"
#include "app/gui/plots/figure_view.h"
#include "app/gui/widgets/cell.h"

namespace iem::gui {

class PlotColumn {
 public:
  // Once a frame, before any plot is drawn.
  void begin_frame(PanelContext& context);
  // The figure of a cell (view.plots), from the top; fills the present ImGui window.
  void draw(PanelContext& context, std::size_t cell);
  // Any figure in the middle of the window, in the place of the stage.
  void draw_large(PanelContext& context, const std::string& id);
  static std::string title(const Lab& lab, const std::string& id);
  // The text of the last hovered curve over steps, for tests.
  const std::string& said() const { return said_; }
  // Where the atlas of starts was drawn last, for tests.
  const std::optional<paint::Transform>& map_shown() const { return map_shown_; }

 private:
  static void centre_buttons(PanelContext& context, const Cell& cell);
  // Each returns where its title ends.
  ImVec2 draw_figure(PanelContext& context, const std::string& id);
  ImVec2 draw_loss(PanelContext& context, const std::string& id);
  ImVec2 draw_identity(PanelContext& context, const std::string& id);
  ImVec2 draw_pinned(PanelContext& context, const std::string& id);
  ImVec2 draw_panels(PanelContext& context, const std::string& id);
  void read(PanelContext& context, PlotArea& area, const Panel& panel);
  void point_at_cells(PanelContext& context, PlotArea& area, const Panel& panel);

  bool over_cells_ = false, were_over_cells_ = false;  // whether the pointer is on a cell of a map
  std::string said_;
  std::optional<paint::Transform> map_shown_;
  HeldElement held_;  // a prototype that is dragged on the atlas of starts
  FigureView figures_, large_;
  FigureView square_;  // for the identity, so that wide tick numbers of other plots do not shift it
};

}  // namespace iem::gui
