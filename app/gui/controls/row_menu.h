// What a row of the controls offers besides its value: a run beside this one that differs in it alone.
#pragma once

#include <vector>

#include "app/gui/context/panel_context.h"
#include "core/config/parameter.h"

namespace iem::gui {

// Values of a key worth a run beside the present one: the other choices, half and double of a number, one
// less and one more. None of a key that says nothing about a run, or that does not apply.
std::vector<Value> values_to_compare(const Config& config, const Parameter& parameter, const Model& model);

// The dots that appear right of the row in [min, max] (screen pixels) under the pointer, and their menu.
void row_menu(PanelContext& context, const Config& config, const Parameter& parameter, ImVec2 min,
              ImVec2 max);

}  // namespace iem::gui
