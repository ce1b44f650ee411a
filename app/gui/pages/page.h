// The middle of the window: how the runs of a lab are looked at. A page says which docked windows it has and
// draws them; which lab has which page is said in pages.cpp.
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
  const char* centre;               // what only_stage leaves
  std::vector<const char*> column;  // stacked on the right; tabs below on a narrow window
  bool phases = true;               // the strip of one update below
  std::vector<Group> folded = {};   // groups of controls folded at first, besides schedule and view
};

class Page {
 public:
  virtual ~Page() = default;
  virtual const PageWindows& windows() const = 0;
  // Once a frame, before the column is drawn.
  virtual void begin_frame(PanelContext& context) { static_cast<void>(context); }
  // What the tab of a cell says where it is not the window's own name.
  virtual std::string title(const PanelContext& context, std::size_t cell) const {
    static_cast<void>(context), static_cast<void>(cell);
    return {};
  }
  // How high the cells of the column are, in parts of each other; empty: alike.
  virtual std::vector<float> heights(const PanelContext& context) const {
    static_cast<void>(context);
    return {};
  }
  // Both fill the present ImGui window.
  virtual void draw_centre(PanelContext& context) = 0;
  virtual void draw_column(PanelContext& context, std::size_t cell) = 0;
  virtual bool working() const { return false; }
  // What paints points on this page; null: nothing does.
  virtual PaintTool* brush() { return nullptr; }
};

}  // namespace iem::gui
