// The stage: the lab's stage figure with elements that can be dragged, its title, the shares of the
// prototypes and a button that gives it the whole window.
#pragma once

#include "app/gui/context/panel_context.h"
#include "app/gui/gl/splat_cache.h"
#include "app/gui/plots/plot_area.h"
#include "app/gui/stage/landscape_view.h"
#include "app/gui/stage/paint_tool.h"
#include "app/gui/stage/pulse.h"
#include "app/gui/stage/stage_drag.h"

namespace iem::gui {

class StageView {
 public:
  // Fills the present ImGui window.
  void draw(PanelContext& context);
  bool working() const { return splat_.working() || brush_.stroking() || pulse_.working(); }
  PaintTool& brush() { return brush_; }
  const LandscapeView& landscape() const { return landscape_; }
  // The plot's rectangle on screen and its axes in the last frame, for tests.
  const std::optional<paint::Transform>& shown() const { return shown_; }
  // The title in the last frame; empty where a tool is shown in its place.
  const std::string& title() const { return title_; }

 private:
  void header_buttons(PanelContext& context, ImVec2 min, ImVec2 max);
  void header(PanelContext& context, const Panel& panel, ImVec2 min, ImVec2 max);
  void trouble(PanelContext& context, ImVec2 min, ImVec2 max);
  void trouble_line(PanelContext& context, ImVec2 min, ImVec2 max, bool has_room);
  float trouble_room(const PanelContext& context);
  static float names_legend(const std::vector<std::string>& names, ImVec2 baseline, float left);
  float legend(PanelContext& context, ImVec2 baseline, float left);
  PlotOptions options_for(PanelContext& context);
  void fit_new_data(PanelContext& context);
  static void spotlight(PanelContext& context, const Panel& panel, PlotArea& area,
                        const PlotOptions& options);
  void update_hands(PanelContext& context, const Panel& panel, PlotArea& area, bool inside);
  void update_range(PanelContext& context, ImVec2 min, ImVec2 max);

  StageDrag drag_;
  PaintTool brush_;
  LandscapeView landscape_;
  SplatCache splat_;
  Pulse pulse_;
  std::optional<paint::Transform> shown_;
  std::string title_;
  PlotRange base_;  // what is to be seen at least; equal aspect widens it to the stage
  std::uint64_t opened_ = 0, troubled_ = 0;
  bool trouble_seen_ = false;
  std::uint64_t data_hash_ = 0;
  int fits_ = -1;
  float left_ = 0, left_scale_ = 0;  // room for tick numbers; it only grows while a scene is open
};

}  // namespace iem::gui
