// The two kinds of ImGui windows in the program's window: docked ones, and fixed bands at the edges.
#pragma once

#include "imgui.h"

namespace iem::gui {

struct Band {
  ImVec2 min, max;
};

// A window of the dock space: begins it without ImGui's corner mark; always pair with end_docked().
bool begin_docked(const char* name, bool panel_colour);
void end_docked();

// Flags of windows outside the dock space, which stay in a fixed place behind all others.
inline constexpr ImGuiWindowFlags kFixedWindow =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoDocking |
    ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
    ImGuiWindowFlags_NoScrollWithMouse;

// A fixed band of the window.
bool begin_band(const char* name, const Band& band, bool panel_colour);
void end_band();

}  // namespace iem::gui
