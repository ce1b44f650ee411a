#pragma once

namespace iem::gui {

// ClosingSignals::came() says so from now on.
void note_end_of_session();

}  // namespace iem::gui
