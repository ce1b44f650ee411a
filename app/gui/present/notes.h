// What the presenter reads and the class does not: the notes of the page, what it says, and what comes next.
#pragma once

#include <string>

#include "app/paint/canvas.h"
#include "app/paint/theme.h"

namespace iem::gui {

struct Notes {
  std::string title;     // of the lesson or scene
  std::string where;     // "page 3 of 7"; may be empty
  std::string elapsed;   // "12 of 45 minutes"
  std::string heading;   // of the page
  std::string markdown;  // for the presenter
  std::string body;      // Markdown that the page says
  std::string next;      // heading of the next page, or what the next key does; may be empty
  bool operator==(const Notes&) const = default;
};

// Draws them from the upper left corner of the canvas, cut at `height_px`; lengths are style pixels.
// `type_scale`: 1 for a window of their own.
void draw_notes(const Notes& notes, double width_px, double height_px, double type_scale,
                const paint::Theme& theme, paint::Canvas& canvas);

// The same as a picture with its ground; `density`: pixels per style pixel.
paint::Image notes_picture(const Notes& notes, int width, int height, double density,
                           const paint::Theme& theme);

}  // namespace iem::gui
