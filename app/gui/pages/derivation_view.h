// A lab's derivation (Lab::derivation): five rows over one z, each step beside its plot. A probe line goes
// through all of them at the pointer's z; what the lab has handles for is dragged on the first plot, and data
// painted there.
#pragma once

#include <array>
#include <optional>

#include "app/gui/context/held_element.h"
#include "app/gui/context/panel_context.h"
#include "app/gui/plots/plot_area.h"
#include "app/gui/stage/paint_tool.h"

namespace iem::gui {

class DerivationView {
 public:
  // Fills the present ImGui window.
  void draw(PanelContext& context);
  bool working() const { return brush_.stroking(); }
  PaintTool& brush() { return brush_; }
  // The plots' rectangles on screen and their axes in the last frame, for tests.
  const std::optional<paint::Transform>& shown(std::size_t row) const { return shown_[row]; }

 private:
  static constexpr std::size_t kRows = 5;
  struct Rows {
    float left = 0, right = 0;            // of all plots
    std::array<float, kRows + 1> y{};     // the rules between the rows
    std::array<bool, kRows> seen{};       // the others are covered
    float name_left = 0, name_right = 0;  // of the probe's z on the axis; equal: it is not there
  };
  // Which rows a page of a lesson leaves to be seen while it asks.
  static std::array<bool, kRows> seen_rows(PanelContext& context);
  // `below`: what is kept free under the axis, screen pixels.
  Rows place(const Figure& figure, ImVec2 min, ImVec2 max, float below) const;
  void row(PanelContext& context, const Panel& panel, std::size_t index, const Rows& rows);
  void covers(PanelContext& context, const Rows& rows, float left, float right, float bottom) const;
  void words(PanelContext& context, const Rows& rows, float x, float right) const;
  void remarks(PanelContext& context, ImVec2 at, float width, float bottom) const;
  void caption(const std::string& words, ImVec2 at, float width) const;
  float probe_x(PanelContext& context, const Figure& figure, const Rows& rows) const;  // -1: not on the axis
  static float foot(const Rows& rows);
  void probe_line(PanelContext& context, const Figure& figure, const Rows& rows) const;
  void place_name(PanelContext& context, const Figure& figure, Rows& rows) const;
  void probe_name(PanelContext& context, const Rows& rows) const;
  void hand(PanelContext& context, const Panel& panel, const PlotArea& area, std::size_t index);
  void tools(PanelContext& context, const Rows& rows, float right) const;

  std::array<std::optional<paint::Transform>, kRows> shown_;
  PaintTool brush_;
  HeldElement held_;
  bool dragged_ = false;
};

}  // namespace iem::gui
