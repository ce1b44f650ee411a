// How fast a run plays: ten speeds in steps a second, one that goes through the phases of every step, and one
// that grows as changes get smaller.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/run/snapshot.h"

namespace iem::gui {

struct Speed {
  enum class Kind : unsigned char { steady, phases, adaptive };
  std::string id;           // of its action: "transport.speed_4"
  std::string label, rate;  // "1x", "4 steps a second"
  double steps_per_second;  // of an adaptive one where it begins
  Kind kind = Kind::steady;
  int digit = -1;  // the key that chooses it; -1: none
};
// Phases first, then from 0.1x to as fast as possible, then the adaptive one.
const std::vector<Speed>& speeds();
int speed_at_first();  // 1x

// The adaptive speed: as the changes of a step get smaller, it takes more steps a second, so that changes
// stay visible.
class AdaptivePace {
 public:
  // Steps a second for a run that plays; called for every snapshot.
  double follow(const Snapshot& snapshot);

 private:
  double largest_ = 0;  // change of a step, since the run began
  std::int64_t step_ = -1;
};

}  // namespace iem::gui
