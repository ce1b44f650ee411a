// Arrows that are drawn longer than they are so that they can be seen: figures that belong together, as the
// frames of an animation do, draw theirs so many times as long as all of them can.
#pragma once

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

namespace iem {

class ArrowScale {
 public:
  // What a figure would choose by itself goes in, what it is to take comes out: before settle() that same
  // number, afterwards the least that went in. On any thread.
  double agreed(double wish) {
    const std::lock_guard lock(mutex_);
    if (settled_) return least_.value_or(wish);
    is_one_ = is_one_ && (!least_ || *least_ == wish);
    least_ = std::min(least_.value_or(wish), wish);
    return wish;
  }
  // Whether figures are other ones now.
  bool settle() {
    const std::lock_guard lock(mutex_);
    return !std::exchange(settled_, true) && !is_one_;
  }

 private:
  std::mutex mutex_;
  std::optional<double> least_;
  bool is_one_ = true, settled_ = false;
};

}  // namespace iem
