// A page fills the middle of the window with the views of a lab's runs. It declares its docked windows and
// draws them; pages.cpp chooses the page of a lab.
#pragma once

#include <string>
#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/gui/stage/paint_tool.h"

namespace iem::gui {

// Names of docked windows: what is shown before ### may change, ids may not.
struct PageWindows {
  const char* id;                   // of the dock space: every page remembers its own layout
  const char* controls;             // on the left
  const char* centre;               // the window that only_stage leaves
  std::vector<const char*> column;  // stacked on the right; tabs below on a narrow window
  bool phases = true;               // the strip of one update below
  bool left = true;                 // whether there is something on the left,
  float left_width = 0;             // and how wide it is, style pixels; 0: as the window's width has it
  std::vector<Group> folded = {};   // groups of controls folded at first, besides schedule and view
};

class Page {
 public:
  virtual ~Page() = default;
  virtual const PageWindows& windows() const = 0;
  // Once a frame, before the column is drawn.
  virtual void begin_frame(PanelContext& context) { static_cast<void>(context); }
  // The title of the tab of a cell; empty: the window's own name.
  virtual std::string title(const PanelContext& context, std::size_t cell) const {
    static_cast<void>(context), static_cast<void>(cell);
    return {};
  }
  // The relative heights of the cells of the column; empty: all equal.
  virtual std::vector<float> heights(const PanelContext& context) const {
    static_cast<void>(context);
    return {};
  }
  // Both fill the present ImGui window.
  virtual void draw_centre(PanelContext& context) = 0;
  virtual void draw_column(PanelContext& context, std::size_t cell) = 0;
  virtual bool working() const { return false; }
  // The tool that paints points on this page; null where none can be painted.
  virtual PaintTool* brush() { return nullptr; }
};

}  // namespace iem::gui
