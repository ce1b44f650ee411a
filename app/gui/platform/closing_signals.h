// SIGTERM, SIGHUP and SIGINT close the window as its close button does: what is done is kept, and the next
// start finds no crash. A second one of the same kind ends the program at once.
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
