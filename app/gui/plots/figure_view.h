// Any figure of a lab in a rectangle of the window: its panels stacked, sharing pixels along x, each
// zoomable; the first alone where there is no room for all. A click on the numbers of an axis makes it
// logarithmic.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "app/gui/context/panel_context.h"
#include "app/gui/plots/plot_area.h"

namespace iem::gui {

class FigureView {
 public:
  struct Hooks {
    bool names = true;       // axis names in the corners
    bool titles = false;     // of the panels after the first, above them
    bool key_below = false;  // the plots, where it covers nothing
    float beside = 0;  // screen pixels: where words stand right of the plot, before which its numbers end
    std::function<void(PlotArea&, const Panel&)> over = {};  // more to draw, and the mouse, per panel
  };
  // The number of panels that are drawn at this height.
  static std::size_t panels_shown(const Figure& figure, float height);
  // Ticks included, inside [min, max].
  void draw(PanelContext& context, const std::string& figure_id, ImVec2 min, ImVec2 max, const Hooks& hooks);
  void draw(PanelContext& context, const std::string& figure_id, ImVec2 min, ImVec2 max) {
    draw(context, figure_id, min, max, {});
  }

 private:
  void draw_panel(PanelContext& context, const std::string& name, const Panel& panel, ImVec2 min, ImVec2 max,
                  const Hooks& hooks);
  void draw_switched(PanelContext& context, const std::string& name, const Panel& panel, ImVec2 min,
                     ImVec2 max, const Hooks& hooks);
  void switch_axes(PanelContext& context, const std::string& name, const Panel& panel, ImVec2 min, ImVec2 max,
                   const Hooks& hooks) const;
  // Room for tick numbers, shared by all figures drawn here so that their plots begin on one line.
  float room_ = 0;
  std::map<std::string, ImVec2> sizes_;  // a change of size resets `room_`
  std::uint64_t opened_ = 0;
  float scale_ = 0;
};

}  // namespace iem::gui
