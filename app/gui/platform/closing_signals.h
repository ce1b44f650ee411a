// SIGTERM, SIGHUP and SIGINT close the window as its close button does: the session is kept, and the next
// start does not report a crash. A second signal of the same kind ends the program at once.
#pragma once

namespace iem::gui {

class ClosingSignals {
 public:
  ClosingSignals();   // leaves those alone that the program was told to ignore (nohup)
  ~ClosingSignals();  // as before; SIGINT then ends the program the way a shell expects
  ClosingSignals(const ClosingSignals&) = delete;
  ClosingSignals& operator=(const ClosingSignals&) = delete;

  static bool came();
};

}  // namespace iem::gui
