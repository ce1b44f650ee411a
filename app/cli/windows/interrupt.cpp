// Ctrl-C, Ctrl-Break and the close button of the console. Windows calls the handler on a thread of its own.
#include <windows.h>

#include <atomic>

#include "app/cli/interrupt.h"
#include "core/system/unfinished.h"

namespace iem::cli {
namespace {

std::atomic<bool> noting = false, seen = false;

BOOL WINAPI handle(DWORD event) {
  const bool console_goes =
      event == CTRL_CLOSE_EVENT || event == CTRL_LOGOFF_EVENT || event == CTRL_SHUTDOWN_EVENT;
  if (noting && !seen.exchange(true)) {
    if (console_goes) Sleep(INFINITE);  // the program ends when this returns, or after some seconds
    return TRUE;
  }
  remove_unfinished_files();
  TerminateProcess(GetCurrentProcess(), kInterrupted);
  return TRUE;
}

}  // namespace

void end_on_interrupt() {
  SetConsoleCtrlHandler(handle, FALSE);  // once, however often this is called
  SetConsoleCtrlHandler(handle, TRUE);
}

void note_interrupts() {
  end_on_interrupt();
  noting = true;
}

bool interrupted() { return seen; }

// Windows has no such limits, and a closed pipe is an error there anyway.
void outlive_file_limits() {}

}  // namespace iem::cli
