// A guess on the stage: the mark that the question is about is dragged to where it is thought to go. The
// guess stays beside the truth when that is shown.
#pragma once

#include "app/gui/context/stage_hand.h"
#include "app/gui/lessons/lesson_player.h"
#include "app/gui/lessons/sketch_area.h"

namespace iem::gui {

class GuessHand final : public StageHand {
 public:
  explicit GuessHand(LessonPlayer& player) : player_(player), sketch_(player) {}
  bool update(PanelContext& context, const Panel& panel, const paint::Transform& to_px, paint::Px mouse,
              bool inside, ImDrawList* list) override;
  // Covered, or guessed as a curve.
  bool takes(const PanelContext& context, const std::string& figure) const override;
  void draw_in_place(PanelContext& context, const std::string& figure, ImVec2 min, ImVec2 max) override;

 private:
  void draw(const paint::Transform& to_px, ImDrawList* list) const;

  LessonPlayer& player_;
  SketchArea sketch_;
  bool holding_ = false;
};

}  // namespace iem::gui
