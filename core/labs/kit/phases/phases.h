// Which phase of an update a view looks at, and what its stage is then called.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/labs/kit/lab.h"

namespace iem {

inline constexpr const char* kNoPhase = "none";

// The key view.phase: "none", or one of the phases that an update of the lab can have, by id and label.
Parameter phase_parameter(const std::vector<std::pair<std::string, std::string>>& phases);

struct PhaseInView {
  std::vector<Phase> all;  // of the shown point, or of the first where none is shown
  int index = -1;          // the one whose marks are drawn; -1: the stage stands as it is
  double part = 1;         // how much of it: 0 is how the one before left the stage
  int point = -1;          // whose numbers they are; -1: nobody's
  std::string absent;      // a phase that was asked for and that an update has none of here

  bool on() const { return index >= 0; }
  const Phase& now() const { return all[static_cast<std::size_t>(index)]; }
  // A phase of the first half draws what is known before anything moves: no steps, no ways.
  bool stands_still() const { return on() && !now().in_m_step; }
};
// `point`: the one whose numbers are shown, -1: none.
PhaseInView phase_in_view(const Snapshot& snapshot, const View& view, int point);

// Whether the next step is known and finite; and the parameters as the stage shows them: where they are, or,
// in a phase that moves them, on their way to there.
bool has_next(const Snapshot& snapshot);
Theta shown_theta(const Snapshot& snapshot, const PhaseInView& phases);

// The title of the stage, and what its caption says of the phase. `point`: "point 326".
void name_phase(Figure& figure, Panel& panel, const PhaseInView& phases, const std::string& point);

}  // namespace iem
