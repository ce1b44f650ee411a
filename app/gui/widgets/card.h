// Cards: small windows over the rest that do not block it, such as popovers and the palette. Each has a head;
// Escape or a press elsewhere closes it.
#pragma once

#include <string>
#include <string_view>

#include "imgui.h"

namespace iem::gui {

struct CardStyle {
  ImVec2 at = {0, 0};     // screen pixels
  ImVec2 pivot = {0, 0};  // the point of the card, 0..1, that is placed at `at`
  float width = 320;      // style pixels
  float max_height = 0;   // style pixels; 0: as high as its content
  bool padded = true;
  bool stays = false;    // it stays open while the user works elsewhere; Escape closes it
  bool is_text = false;  // it is little more than a text field, in which Escape closes it too
};

// True while open and drawn; then call end_card(). `open` becomes false when the user closes it.
bool begin_card(const char* id, const CardStyle& style, bool& open);
void end_card();
// begin_path_card: a card in the upper middle of the window that asks for a path. path_line: its text field,
// which gets the keyboard when `focus` is set; true when Enter was pressed.
bool begin_path_card(const char* id, bool& open);
bool path_line(std::string& path, bool& focus);
// Whether one was drawn in this frame.
bool card_is_open();
// Bold head with a muted word on the right.
void card_head(std::string_view title, std::string_view state = {});

}  // namespace iem::gui
