// The veil of a spotlight: paper over the stage, with a soft hole around every place that is lit.
#pragma once

#include <span>

#include "imgui.h"

namespace iem::gui {

inline constexpr float kVeil = 0.58F;  // how much of what steps back is paper

// Over [min, max], in screen pixels; the radius in style pixels.
inline constexpr float kSpotlight = 172;
void draw_spotlight(ImDrawList* list, ImVec2 min, ImVec2 max, std::span<const ImVec2> lit,
                    float radius = kSpotlight);

// The veil alone, over something that steps back.
void draw_veil(ImDrawList* list, ImVec2 min, ImVec2 max);

// The mark of a panel that is lit: an accent line along its upper edge, as under the lab that is open.
void draw_lit_edge(ImDrawList* list, float x0, float x1, float y);

}  // namespace iem::gui
