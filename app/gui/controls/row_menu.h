// The menu of a row of the controls, which adds a run that differs from the present one in this key alone.
#pragma once

#include <vector>

#include "app/gui/context/panel_context.h"
#include "core/config/parameter.h"

namespace iem::gui {

// Values of a key worth a run beside the present one: the other choices, half and double of a number, one
// less and one more. There are none for view keys and for keys without effect.
std::vector<Value> values_to_compare(const Config& config, const Parameter& parameter, const Model& model);

// The dots that appear right of the row in [min, max] (screen pixels) under the pointer, and their menu.
void row_menu(PanelContext& context, const Config& config, const Parameter& parameter, ImVec2 min,
              ImVec2 max);

}  // namespace iem::gui
