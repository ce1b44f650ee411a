#include "app/gui/controls/speeds.h"

#include <algorithm>
#include <cmath>

#include "app/gui/look/text.h"
#include "app/gui/stage/phase_walk.h"
#include "core/base/number.h"
#include "core/run/engine.h"

namespace iem::gui {
namespace {

constexpr double kStepsAt1x = 4;    // steps a second at 1x
constexpr double kMostTimes = 250;  // of it, however small the changes
constexpr int kSteadySpeeds = 10, kWalkingSpeed = 3;

Speed steady(int i, double factor) {
  const double rate = factor * kStepsAt1x;
  Speed out{"", format_number(factor) + "\u00d7", format_number(rate), rate};
  out.rate += rate == 1 ? " step a second" : " steps a second";
  if (std::isinf(factor)) out = {"", std::string(text::kFastest), std::string(text::kFastestRate), rate};
  out.digit = (i + 1) % 10;
  out.id = "transport.speed_" + std::to_string(out.digit);
  return out;
}

}  // namespace

// At 1x the eye can follow each step; from 15x on a step is a frame or less.
const std::vector<Speed>& speeds() {
  static const std::vector<Speed> all = [] {
    constexpr double kFactors[kSteadySpeeds] = {0.1, 0.25, 0.5, 1,   2,
                                                5,   15,   50,  250, Engine::kAsFastAsPossible};
    std::vector<Speed> out = {{"transport.speed_phases", std::string(text::kPhasesSpeed),
                               std::string(text::kPhasesRate), 1 / PhaseWalk::kPhaseSeconds,
                               Speed::Kind::phases}};
    for (int i = 0; i < kSteadySpeeds; ++i) out.push_back(steady(i, kFactors[i]));
    out.push_back({"transport.speed_adaptive", std::string(text::kAdaptiveSpeed),
                   std::string(text::kAdaptiveRate), kStepsAt1x, Speed::Kind::adaptive});
    return out;
  }();
  return all;
}

int speed_at_first() { return 1 + kWalkingSpeed; }

double AdaptivePace::follow(const Snapshot& s) {
  if (s.state.step < step_) largest_ = 0;  // begun again, or gone back
  step_ = s.state.step;
  if (s.next.size() != s.state.theta.size() || !s.next.allFinite()) return kStepsAt1x;
  const double change = (s.next - s.state.theta).norm();
  largest_ = std::max(largest_, change);
  return kStepsAt1x * (change > 0 ? std::clamp(largest_ / change, 1.0, kMostTimes) : kMostTimes);
}

}  // namespace iem::gui
