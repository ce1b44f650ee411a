// Something that takes the pointer on the stage instead of the handles of the lab, such as a guess.
#pragma once

#include <string>

#include "app/paint/transform.h"
#include "core/figure/figure.h"
#include "imgui.h"

namespace iem::gui {

class PanelContext;

class StageHand {
 public:
  virtual ~StageHand() = default;
  // Called once a frame when the stage has been drawn. `mouse`: style pixels, as `to_px`; `inside`: the
  // pointer is on the plot. True while the pointer is its own.
  virtual bool update(PanelContext& context, const Panel& panel, const paint::Transform& to_px,
                      paint::Px mouse, bool inside, ImDrawList* list) = 0;
  // Whether a figure is not drawn, but what is guessed of it.
  virtual bool takes(const PanelContext& context, const std::string& figure) const = 0;
  // In its place, screen pixels.
  virtual void draw_in_place(PanelContext& context, const std::string& figure, ImVec2 min, ImVec2 max) = 0;
};

}  // namespace iem::gui
