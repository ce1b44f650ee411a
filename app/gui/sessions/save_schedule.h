// Decides when changes are written: at the first quiet moment, and at the latest a few seconds after the
// first change that is not written yet. Times are seconds of any clock that never goes back.
#pragma once

#include <algorithm>
#include <limits>

namespace iem::gui {

class SaveSchedule {
 public:
  static constexpr double kQuiet_s = 0.5;  // a moment is quiet when nothing has changed for so long
  static constexpr double kMost_s = 3;     // writing takes time too: together they stay under 5 s
  static constexpr double kAgain_s = 10;   // after a failure

  void changed(double now) {
    if (!pending_) first_ = now;
    last_ = now;
    pending_ = true;
  }
  // The changes are written, or the run no longer exists.
  void done() {
    pending_ = false;
    not_before_ = -std::numeric_limits<double>::infinity();
  }
  void failed(double now) { not_before_ = now + kAgain_s; }

  bool pending() const { return pending_; }
  // When to write; infinity: nothing is to be written.
  double due() const {
    if (!pending_) return std::numeric_limits<double>::infinity();
    return std::max(not_before_, std::min(last_ + kQuiet_s, first_ + kMost_s));
  }

 private:
  bool pending_ = false;
  double first_ = 0, last_ = 0;
  double not_before_ = -std::numeric_limits<double>::infinity();
};

}  // namespace iem::gui
