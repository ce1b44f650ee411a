// What a formula's symbols are: a tooltip with each of them, its name, its value now and a sentence.
#pragma once

#include <string>
#include <string_view>

#include "app/gui/context/panel_context.h"

namespace iem::gui {

// Of the item drawn last, after ImGui's delay; `words` above the symbols.
void explain_formula(PanelContext& context, std::string_view tex, std::string_view words = {});
// The same of a place without an item of its own.
void explain_at(PanelContext& context, std::string_view tex, ImVec2 min, ImVec2 max,
                std::string_view words = {});
// What a figure's title says, with the figure's sentence.
void explain_title(PanelContext& context, const std::string& figure_id, std::string_view tex, ImVec2 min,
                   ImVec2 max);

}  // namespace iem::gui
