// The points of a scatter in one draw call, one vertex each, their shape computed by a shader
// (shaders/discs.frag): as polygons, two thousand points would cost a rasteriser without a graphics card half
// of a frame.
#pragma once

#include <span>

#include "imgui.h"

namespace iem::gui {

struct ScreenDisc {
  ImVec2 centre;
  float radius = 0, reach = 0;  // of the disc, and of the ring around it, in ImGui's units
  ImU32 ink = 0, ring = 0;
};

// In order, the last one on top. False, and nothing is drawn, where the driver refuses the shader.
bool draw_discs(ImDrawList* list, std::span<const ScreenDisc> discs);

// Frees what OpenGL holds. Must be called while the context is current.
void clear_discs();

}  // namespace iem::gui
