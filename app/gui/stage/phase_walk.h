// Through the phases of an update at walking pace: the one that is looked at, the way of its marks from those
// of the phase before, and on to the next step past the last one.
#pragma once

#include <cstdint>
#include <optional>

#include "app/gui/context/panel_context.h"

namespace iem::gui {

class PhaseWalk {
 public:
  static constexpr double kPhaseSeconds = 0.9;  // of a phase, while they play

  // Once a frame, before anything is drawn: brings the view on its way, and where PanelContext::walks goes
  // on, a phase at a time.
  void follow(PanelContext& context);
  // A frame is wanted though nothing else happens.
  bool working() const { return working_; }

  // Of PanelContext::phases(), the one that is looked at; -1: none.
  int chosen(PanelContext& context) const;
  void choose(PanelContext& context, int phase);
  // One phase on (+1) or back (-1); past the ends the run makes a step.
  void move(PanelContext& context, int direction);

 private:
  // A step was asked for: where to go on when its snapshot is there.
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
