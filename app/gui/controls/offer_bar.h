// Under the top bar, until it is used or dismissed: the session of the last time can be continued. It stops
// nobody.
#pragma once

#include "app/gui/sessions/kept_sessions.h"

namespace iem::gui {

enum class OfferAnswer : unsigned char { none, use, dismiss };

inline constexpr float kOfferHeight = 36;  // style pixels

// Fills the present ImGui window. `after_crash`: says that the program ended unexpectedly.
OfferAnswer draw_offer(const KeptSession& session, bool after_crash);

}  // namespace iem::gui
