#include "core/run/timeline.h"

#include <iterator>

#include "core/base/check.h"

namespace iem {

void Timeline::keep(const RunState& state, const std::shared_ptr<const Setup>& setup, bool pinned) {
  if (!pinned && (state.step % spacing_ != 0 || frames_.contains(state.step))) return;
  auto frame =
      std::make_shared<const Keyframe>(Keyframe{state, setup, pinned});  // may throw: before its place
  auto& slot = frames_[state.step];
  if (slot) bytes_ -= slot->state.bytes();
  slot = std::move(frame);
  bytes_ += state.bytes();
  while (bytes_ > budget_bytes_ && spacing_ < (std::int64_t{1} << 40)) thin();
}

void Timeline::thin() {
  spacing_ *= 2;
  for (auto it = frames_.begin(); it != frames_.end();) {
    if (it->second->pinned || it->first % spacing_ == 0) {
      ++it;
    } else {
      bytes_ -= it->second->state.bytes();
      it = frames_.erase(it);
    }
  }
}

const Keyframe& Timeline::at_or_before(std::int64_t step) const {
  const auto after = frames_.upper_bound(step);
  IEM_CHECK(after != frames_.begin());
  return *std::prev(after)->second;
}

void Timeline::truncate(std::int64_t last_step) {
  for (auto it = frames_.upper_bound(last_step); it != frames_.end(); it = frames_.erase(it))
    bytes_ -= it->second->state.bytes();
}

void Timeline::revise(std::int64_t first,
                      const std::function<std::shared_ptr<const Setup>(const Setup&)>& setup) {
  for (auto it = frames_.lower_bound(first); it != frames_.end(); ++it) {
    Keyframe frame = *it->second;
    frame.setup = setup(*frame.setup);
    it->second = std::make_shared<const Keyframe>(std::move(frame));
  }
}

}  // namespace iem
