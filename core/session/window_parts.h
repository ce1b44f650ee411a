// Names of what the window is made of, for scenes and lessons that show only some of it, or cover some.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/config.h"
#include "core/labs/kit/lab.h"

namespace iem {

struct WindowPart {
  std::string_view id, words;  // its name, and what it is
  bool tells_step = false;     // it shows where the next step leads
};

inline constexpr std::string_view kStagePanel = "stage";

// stage, controls, strip, meter, step.
std::span<const WindowPart> panels_of_window();
// What can be covered besides panels and figures: arrows, pulls, future, m_phases, shares, loss_value.
std::span<const WindowPart> parts_of_window();

// Throws InputError, at the place where it was set, for a name in view.show that is neither a panel nor a
// figure of the lab, and one in view.controls that is no key of it, neither `stage` nor `step`, and no
// element that can be dragged ("point 0", "prototype 2").
void check_reduced_view(const Config& config, const Lab& lab);

// "prototype 2" is prototype 1 of ElementId: points are counted from 0, everything else from 1, as on screen.
// Kind::none: it is no such name.
ElementId element_of_name(std::string_view name);
// The name of an element; empty for kinds that have none.
std::string name_of_element(const ElementId& element);

}  // namespace iem
