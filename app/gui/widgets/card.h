// Small windows over the rest that do not stop it: popovers and the palette. A raised card with a head;
// Escape or a press elsewhere closes it.
#pragma once

#include <string>
#include <string_view>

#include "imgui.h"

namespace iem::gui {

struct CardStyle {
  ImVec2 at = {0, 0};     // screen pixels
  ImVec2 pivot = {0, 0};  // which point of the card stands there
  float width = 320;      // style pixels
  float max_height = 0;   // style pixels; 0: as high as its content
  bool padded = true;
  bool stays = false;  // open while the user works elsewhere; Escape closes it
};

// True while open and drawn; then call end_card(). `open` becomes false when the user closes it.
bool begin_card(const char* id, const CardStyle& style, bool& open);
void end_card();
// In the upper middle of the window, for a path; and the line it is typed in, with the keyboard once `focus`
// is set. True when Enter was pressed.
bool begin_path_card(const char* id, bool& open);
bool path_line(std::string& path, bool& focus);
// Bold head with a muted word on the right.
void card_head(std::string_view title, std::string_view state = {});

}  // namespace iem::gui
