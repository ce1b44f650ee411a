// Keyframes: states kept so that any step can be reached by re-stepping from the one before it. When the byte
// budget is spent, every other keyframe is dropped and the spacing doubles; keyframes at edits are never
// dropped.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>

#include "core/run/run_state.h"

namespace iem {

struct Setup;

struct Keyframe {
  RunState state;
  std::shared_ptr<const Setup> setup;
  bool pinned = false;  // at step 0 or after an edit
};

class Timeline {
 public:
  explicit Timeline(std::size_t budget_bytes = 64u << 20) : budget_bytes_(budget_bytes) {}

  // Keeps the state if its step is due, or if pinned (then replacing what was kept at this step).
  void keep(const RunState& state, const std::shared_ptr<const Setup>& setup, bool pinned);
  const Keyframe& at_or_before(std::int64_t step) const;  // step 0 is always kept
  void truncate(std::int64_t last_step);
  // Replaces the setups of the frames from step `first` on.
  void revise(std::int64_t first, const std::function<std::shared_ptr<const Setup>(const Setup&)>& setup);

  std::int64_t spacing() const { return spacing_; }
  const std::map<std::int64_t, std::shared_ptr<const Keyframe>>& frames() const { return frames_; }

 private:
  void thin();
  std::map<std::int64_t, std::shared_ptr<const Keyframe>> frames_;
  std::size_t budget_bytes_, bytes_ = 0;
  std::int64_t spacing_ = 1;
};

}  // namespace iem
