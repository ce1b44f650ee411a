// The frames of a window in a picture that stays from one to the next. Where OpenGL runs on the processor a
// frame costs by its pixels, and most of them are what they were: only what differs is drawn.
#pragma once

#include "app/gui/gl/frame_copy.h"
#include "app/gui/gl/gl_target.h"

namespace iem::gui {

class ChangingFrame {
 public:
  // Whether keeping the picture saves more than bringing it to the window costs.
  static bool pays(const ImDrawData& data);

  // Makes the picture that of this frame, on a ground of this colour. Throws std::bad_alloc.
  void draw(ImDrawData& data, int width, int height, const ImVec4& paper);
  // The next frame is drawn whole.
  void forget() { shown_.width = 0; }
  // What differs in the next frame is looked for, however much it was in the last ones.
  void ask() { unasked_ = 0; }
  // Frees what OpenGL holds. Must be called while the context is current.
  void clear();

  const GlTarget& picture() const { return picture_; }
  std::int64_t pixels_drawn() const { return pixels_drawn_; }  // of the last frame

 private:
  GlTarget picture_;
  FrameCopy shown_, next_;  // of the picture; of width 0: nothing that is known
  ImVec4 paper_;
  std::int64_t pixels_drawn_ = 0;
  int unasked_ = 0;  // the next frames that are drawn whole without asking
};

}  // namespace iem::gui
