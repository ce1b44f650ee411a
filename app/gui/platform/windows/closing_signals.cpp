// Ctrl-C, Ctrl-Break and the close button of the console that the program was started from, and the end of
// the user's session (native.cpp).
#include "app/gui/platform/closing_signals.h"

#include <windows.h>

#include <atomic>

#include "app/gui/platform/windows/end_of_session.h"

namespace iem::gui {
namespace {

std::atomic<bool> signal_seen = false;

// Called on a thread of its own. A second one ends the program at once.
BOOL WINAPI handle(DWORD event) {
  if (signal_seen.exchange(true)) return FALSE;
  // The system ends the program when this returns, or after some seconds.
  if (event == CTRL_CLOSE_EVENT || event == CTRL_LOGOFF_EVENT || event == CTRL_SHUTDOWN_EVENT)
    Sleep(INFINITE);
  return TRUE;
}

}  // namespace

ClosingSignals::ClosingSignals() {
  signal_seen = false;
  SetConsoleCtrlHandler(handle, TRUE);
}

ClosingSignals::~ClosingSignals() { SetConsoleCtrlHandler(handle, FALSE); }

bool ClosingSignals::came() { return signal_seen; }

void note_end_of_session() { signal_seen = true; }

}  // namespace iem::gui
