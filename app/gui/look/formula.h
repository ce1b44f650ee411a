// TeX mathematics in the window. Each formula is rasterised once per size and put into the font atlas, so
// that text and formulas are drawn in one batch; the colour is given when drawing and costs nothing.
//
// A formula that does not parse is set as text. The cache holds a bounded number of pictures, the ones used
// last.
#pragma once

#include <cstddef>
#include <string_view>

#include "imgui.h"

namespace iem::gui {

// Screen pixels; ascent and descent are of the ink.
struct FormulaSize {
  float width = 0, ascent = 0, descent = 0;
};

// `size` is the type size in style pixels: 13 to 14 in controls, 15 beside plots, 16 displayed. Latin
// Modern's 14 is as tall as Roboto's 14.
FormulaSize measure_formula(std::string_view tex, float size);

// The origin of the formula goes to `baseline`, moved to whole pixels. Returns the width.
float draw_formula(ImDrawList* list, std::string_view tex, ImVec2 baseline, float size, ImU32 colour);

// Sets the notation in which formulas are drawn from now on (core/figure/notation.h).
void write_formulas_in(std::string_view notation, std::string_view lab);

// Forgets all pictures. Must be called before the ImGui context is destroyed.
void clear_formulas();
std::size_t cached_formulas();

}  // namespace iem::gui
