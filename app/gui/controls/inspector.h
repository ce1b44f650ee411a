// The numbers of one point or one prototype, shown in place of the right column while it is open: the table
// of a point with its mirrored bars and formulas; the quantities of a prototype, and its gradient and EM step
// as arrows.
#pragma once

#include <vector>

#include "app/gui/context/panel_context.h"
#include "app/gui/look/fonts.h"
#include "app/gui/plots/figure_view.h"
#include "imgui.h"

namespace iem::gui {

// How its table is written: the right edges of its columns, in screen pixels from the left end of the table.
struct TableType {
  float size = type::kSmall;
  int digits = 0;
  std::vector<float> rights;
};
// Columns of one width where all numbers have room in them; else as wide as their numbers, which are set
// smaller and then with fewer digits until all columns have room between `first` and `width`.
TableType type_of_table(const std::vector<Inspection::Column>& table, float first, float width);

class Inspector {
 public:
  void toggle() { open_ = !open_; }
  bool is_open() const { return open_; }
  // `min` and `max`: the place, screen pixels.
  void draw(PanelContext& context, ImVec2 min, ImVec2 max);
  const Inspection& shown() const { return shown_; }

 private:
  ElementId subject(PanelContext& context) const;
  void draw_head(const PanelContext& context, float width);
  void draw_table(PanelContext& context, float width) const;
  void draw_formulas(PanelContext& context, float width) const;
  void draw_quantities(PanelContext& context, float width) const;

  bool open_ = false;
  Inspection shown_;
  ElementId of_;
  std::uint64_t serial_ = 0;
  int component_ = -1;
  FigureView figures_;
};

}  // namespace iem::gui
