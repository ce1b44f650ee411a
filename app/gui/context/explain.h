// Tooltips that explain a formula: each of its symbols with its name, present value and a sentence.
#pragma once

#include <string>
#include <string_view>

#include "app/gui/context/panel_context.h"

namespace iem::gui {

// For the item drawn last, after ImGui's delay; `words` are shown above the symbols.
void explain_formula(PanelContext& context, std::string_view tex, std::string_view words = {},
                     bool in_tooltip = true);
// The same for a place without an item of its own.
void explain_at(PanelContext& context, std::string_view tex, ImVec2 min, ImVec2 max,
                std::string_view words = {});
// For the title of a figure, with the figure's sentence.
void explain_title(PanelContext& context, const std::string& figure_id, std::string_view tex, ImVec2 min,
                   ImVec2 max);

}  // namespace iem::gui
