// The menu behind a figure's title that shows another figure of the lab in its place.
#pragma once

#include <cstddef>
#include <string>

#include "app/gui/context/panel_context.h"
#include "imgui.h"

namespace iem::gui {

inline constexpr float kFigureMenuWidth = 22;  // style pixels, of the chevron and the gap before it

// Puts a figure into a cell of the column; if it stands in another cell already, the two figures are
// exchanged.
void put_in_cell(PanelContext& context, std::size_t cell, const std::string& figure);

// The chevron after the title of a cell of the column; `at` is the end of the title's baseline.
void column_menu(PanelContext& context, std::size_t cell, ImVec2 at);
// The same for the middle of the window.
void centre_menu(PanelContext& context, ImVec2 at);

}  // namespace iem::gui
