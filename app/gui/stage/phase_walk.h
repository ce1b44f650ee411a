// Goes through the phases of an update slowly: it keeps the shown phase, animates its marks from those of the
// phase before, and makes the next step after the last phase.
#pragma once

#include <cstdint>
#include <optional>

#include "app/gui/context/panel_context.h"

namespace iem::gui {

class PhaseWalk {
 public:
  static constexpr double kPhaseSeconds = 0.9;  // of a phase, while they play

  // Called once a frame, before anything is drawn: advances the animation and, where PanelContext::walks is
  // set, goes on to the next phase when it is due.
  void follow(PanelContext& context);
  // Whether an animation needs further frames.
  bool working() const { return working_; }

  // The index of the shown phase in PanelContext::phases(); -1: none.
  int chosen(PanelContext& context) const;
  void choose(PanelContext& context, int phase);
  // One phase on (+1) or back (-1); past the ends the run makes a step.
  void move(PanelContext& context, int direction);

 private:
  // A step that was asked for, and the phase to go on with when its snapshot arrives.
  struct Awaited {
    int phase = 0;
    std::uint64_t serial = 0;
    std::int64_t step = 0;
    double until = 0;  // seconds
  };
  void go_on(PanelContext& context);

  std::optional<Awaited> awaited_;
  double next_ = 0;  // when the next phase is due, in seconds
  std::uint64_t opened_ = 0;
  bool working_ = false;
};

}  // namespace iem::gui
