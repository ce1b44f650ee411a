// The look of the window: which theme, how large, and every length through one function.
//
// All lengths are written at scale 1. px() turns them into screen pixels, rounded, so that nothing lands
// between two pixels at 1.25.
#pragma once

#include "app/paint/theme.h"
#include "imgui.h"

namespace iem::gui {

struct Look {
  paint::ThemeId theme = paint::ThemeId::light;
  double monitor_scale = 1;   // of the monitor the window is on
  double user_scale = 1;      // Ctrl + and Ctrl -
  double density = 1;         // framebuffer pixels per screen pixel, where the platform counts in points
  double dots_per_inch = 96;  // screen pixels, of the monitor the window is on
  bool operator==(const Look&) const = default;
};

// Sets the styles of the current ImGui and ImPlot contexts. Between frames; cheap enough for every change.
void apply_look(const Look& look);
const Look& current_look();

// The next of the steps 0.75 ... 3 up (+1) or down (-1) from `user_scale`; 0: back to 1.
double stepped_scale(double user_scale, int direction);

const paint::Theme& theme();
float scale();             // monitor scale times user scale
float px(float style_px);  // whole screen pixels; never 0 for a positive length
float hairline_px();

ImU32 colour(const Rgb& rgb, double alpha = 1);
ImU32 colour(const paint::Rgba& rgba);
ImVec4 colour4(const Rgb& rgb, double alpha = 1);

// A rule of one hairline, drawn as a filled rectangle so that it never blurs.
void draw_rule_h(ImDrawList* list, float x0, float x1, float y);
void draw_rule_v(ImDrawList* list, float x, float y0, float y1);

}  // namespace iem::gui
