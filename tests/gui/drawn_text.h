// What is written in a window, read off what it has drawn: every letter with its ink and the colour it stands
// on.
#pragma once

#include <string>
#include <vector>

#include "app/gui/shell/window.h"
#include "core/field/oklab.h"

namespace iem::gui {

struct DrawnText {
  std::string words;  // "[formula]" where it is typeset
  std::string window;
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;  // screen pixels
  Rgb ink, ground;                       // the ink as it lies on the ground
  double contrast = 21;                  // of the letter that stands out least
};

// Of the frame that was rendered last, which is spoilt by it. Icons are not text.
std::vector<DrawnText> drawn_text(const Window& window);

// The words and places alone, without a pixel being drawn: a small part of that time. Letters that something
// of the same window lies over are among them.
std::vector<DrawnText> drawn_words();

}  // namespace iem::gui
