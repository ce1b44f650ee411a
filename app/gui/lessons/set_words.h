// Words of lessons in the present ImGui window, set as Markdown in a size of their own.
#pragma once

#include <string_view>

#include "app/gui/look/style.h"
#include "app/paint/document/document.h"

namespace iem::gui {

// The style of a page this wide, screen pixels.
paint::DocumentStyle page_style(float width_px);

// Words that wrap in a size and face of their own, in the width of a row; returns their height.
float wrapped(std::string_view words, float size, bool bold, const Rgb& ink);

// A rule across the row, with room around it.
void wide_rule();

}  // namespace iem::gui
