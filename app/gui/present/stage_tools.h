// The tools of a presenter on the stage: a pen whose strokes fade, a spotlight and a lens that follow the
// pointer. While none of them is in hand the pointer belongs to whatever had it before.
#pragma once

#include "app/gui/context/stage_hand.h"
#include "app/gui/context/strokes.h"

namespace iem::gui {

enum class StageTool : unsigned char { none, pen, spotlight, lens };

class StageTools final : public StageHand {
 public:
  explicit StageTools(StageHand& beneath) : beneath_(beneath) {}

  StageTool in_hand() const { return tool_; }
  void take(StageTool tool) { tool_ = tool_ == tool ? StageTool::none : tool; }
  void lay_down() { tool_ = StageTool::none; }

  bool update(PanelContext& context, const Panel& panel, const paint::Transform& to_px, paint::Px mouse,
              bool inside, ImDrawList* list) override;
  bool takes(const PanelContext& context, const std::string& figure) const override {
    return beneath_.takes(context, figure);
  }
  void draw_in_place(PanelContext& context, const std::string& figure, ImVec2 min, ImVec2 max) override {
    beneath_.draw_in_place(context, figure, min, max);
  }

 private:
  StageHand& beneath_;
  StageTool tool_ = StageTool::none;
};

}  // namespace iem::gui
