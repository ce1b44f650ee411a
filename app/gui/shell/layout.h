// The layout of the window: fixed bars at the edges, and between them a dock space with the windows of the
// lab's page.
//
//   top bar 48 | Controls | centre | column of plots | phase strip 66, where the page and the lab have it |
//   transport 52
//
// The layout follows the window (wider columns from 1600, plots as tabs under 1100, the controls a tab beside
// them under 900: then the stage has the rest) until the user moves something.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "app/gui/pages/page.h"
#include "app/gui/shell/window.h"
#include "app/gui/widgets/band.h"

namespace iem::gui {

class Layout {
 public:
  explicit Layout(Window& window) : window_(window) {}

  // Places the bars, and submits the page's dock space (kept alive but hidden when `only_stage`). With
  // `inspecting`, a dock space without a column on the right leaves the strip of plots() free.
  // An offer has a bar of its own under the top bar, and so have several runs; what is written of a phase
  // stands above the strip. `heights`: Page::heights.
  struct Extras {
    bool inspecting = false, offering = false, several_runs = false, looking_at_phase = false;
    bool without_phases = false;  // the lab has none: the strip's room is the page's
    bool without_steps = false;   // nothing is played: the room of the transport is the page's
    bool folding_phases = false;  // none is looked at, in a low window: likewise
    bool presenting = false;      // narrow bars, and a column whatever the width
    bool embedded = false;        // no bar at the top
    float phases_height = 66;     // style pixels
    bool operator==(const Extras&) const = default;
  };
  void begin_frame(const PageWindows& page, std::vector<float> heights, bool only_stage,
                   const Extras& extras);
  // Whether the window is so low that the strip of phases is there only while one of them is looked at.
  static bool is_low();
  // The layout as the program builds it.
  void reset();

  const Band& top() const { return top_; }
  const Band& offer() const { return offer_; }
  const Band& runs() const { return runs_; }
  const Band& middle() const { return middle_; }  // the dock space
  // The right column; where the plots are tabs, as wide a strip at the right edge.
  Band plots() const;
  const Band& phase_line() const { return phase_line_; }
  const Band& phases() const { return phases_; }
  const Band& transport() const { return transport_; }
  bool customised() const { return customised_; }
  bool settling() const { return settling_ > 0; }  // the windows of a new layout come a frame or two late

 private:
  enum class Shape : unsigned char { none, small, narrow, normal, wide, presented };
  Shape shape_of(float width) const;
  float strip(Shape shape) const;  // the width of the column, or of what stands in its place
  void build(ImGuiID space, Shape shape);
  void watch();

  void turn_to(const PageWindows& page, float width);
  std::string customised_key() const;

  Window& window_;
  const PageWindows* page_ = nullptr;
  std::string id_;  // of it; the windows of one page may change, and then its id does
  Band top_, offer_, runs_, middle_, phase_line_, phases_, transport_;
  Shape built_ = Shape::none;
  float built_scale_ = 0;
  std::vector<float> heights_, built_heights_;  // of the column's cells, in parts of each other
  bool customised_ = false, reset_ = false, makes_room_ = false;
  Extras extras_;
  int settling_ = 0;                 // frames after a build in which sizes are still moving
  std::array<float, 3> sizes_ = {};  // of some windows, to notice a splitter that moves
};

}  // namespace iem::gui
