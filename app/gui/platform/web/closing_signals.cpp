// Nobody sends signals to a page.
#include "app/gui/platform/closing_signals.h"

namespace iem::gui {

ClosingSignals::ClosingSignals() = default;
ClosingSignals::~ClosingSignals() = default;
bool ClosingSignals::came() { return false; }

}  // namespace iem::gui
