// A bar under the top bar that offers to continue the last session, until it is used or dismissed. It does
// not block anything.
#pragma once

#include <string_view>

#include "app/gui/sessions/kept_sessions.h"

namespace iem::gui {

enum class OfferAnswer : unsigned char { none, use, dismiss };

inline constexpr float kOfferHeight = 36;  // style pixels

// Fills the present ImGui window, and says where a crash has left the session. `keys`: those that continue it
// too.
OfferAnswer draw_offer(const KeptSession& session, std::string_view keys);

}  // namespace iem::gui
