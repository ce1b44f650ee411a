// A session whose replay has come to another state than the one it carries, or could not be made: says so and
// offers the replay, where there is one.
#pragma once

#include "app/gui/sessions/verifier.h"
#include "imgui.h"

namespace iem::gui {

enum class PartedAnswer : unsigned char { none, show, leave };

// Its lower edge in the middle of `bottom`. Escape leaves the run as it is.
PartedAnswer draw_parted_card(const Parted& parted, ImVec2 bottom);

}  // namespace iem::gui
