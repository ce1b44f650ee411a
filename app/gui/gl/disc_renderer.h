// Draws the points of a scatter in one call, one vertex each, with a shader that computes their shape
// (shaders/discs.frag). As polygons, two thousand points would take half of a frame on a machine without a
// graphics card.
#pragma once

#include <span>

#include "imgui.h"

namespace iem::gui {

struct ScreenDisc {
  ImVec2 centre;
  float radius = 0, reach = 0;  // of the disc, and of the ring around it, in ImGui's units
  ImU32 ink = 0, ring = 0;
};

// Draws discs in order, the last one on top. Returns false and draws nothing where the driver refuses the
// shader.
bool draw_discs(ImDrawList* list, std::span<const ScreenDisc> discs);

// Frees what OpenGL holds. Must be called while the context is current.
void clear_discs();

}  // namespace iem::gui
