// Where everything is: fixed bars at the edges, and between them a dock space with Controls, Stage and four
// plots.
//
//   top bar 48 | Controls | Stage | loss, identity, pinned point, activation | phase strip 66 | transport 52
//
// The layout follows the window (wider columns from 1600, plots as tabs under 1100) until the user moves
// something.
#pragma once

#include <array>

#include "app/gui/window.h"
#include "imgui.h"

namespace iem::gui {

// Names of the docked windows: what is shown before ### may change, ids may not.
namespace dock {
inline constexpr const char* kControls = "Controls###controls";
inline constexpr const char* kStage = "Stage###stage";
inline constexpr const char* kLoss = "Loss###loss";
inline constexpr const char* kIdentity = "Identity###identity";
inline constexpr const char* kPinned = "Pinned point###responsibilities";
inline constexpr const char* kActivation = "Derived activation###activation";
// The places of the page's plots, from the top; other labs show other plots there.
inline constexpr const char* kPlots[] = {kLoss, kIdentity, kPinned, kActivation};
}  // namespace dock

struct Band {
  ImVec2 min, max;
};

class Layout {
 public:
  explicit Layout(Window& window) : window_(window) {}

  // Places the bars, and submits the dock space (kept alive but hidden when `only_stage`).
  void begin_frame(bool only_stage);
  // The layout as the program builds it.
  void reset();

  const Band& top() const { return top_; }
  const Band& middle() const { return middle_; }  // the dock space
  // The right column; where the plots are tabs, as wide a strip at the right edge.
  Band plots() const;
  const Band& phases() const { return phases_; }
  const Band& transport() const { return transport_; }
  bool customised() const { return customised_; }

 private:
  enum class Shape : unsigned char { none, narrow, normal, wide };
  Shape shape_of(float width) const;
  void build(ImGuiID space, Shape shape);
  void watch();

  Window& window_;
  Band top_, middle_, phases_, transport_;
  Shape built_ = Shape::none;
  float built_scale_ = 0;
  bool customised_ = false, reset_ = false, first_ = true;
  int settling_ = 0;                 // frames after a build in which sizes are still moving
  std::array<float, 3> sizes_ = {};  // of some windows, to notice a splitter that moves
};

// A window of the dock space: begins it without ImGui's corner mark; always pair with end_docked().
bool begin_docked(const char* name, bool panel_colour);
void end_docked();

// A fixed band of the window.
bool begin_band(const char* name, const Band& band, bool panel_colour);
void end_band();

}  // namespace iem::gui
