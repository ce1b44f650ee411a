// The phase of an update that a view shows, and the title of the stage then.
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
  int point = -1;          // the point whose numbers they are; -1: none
  std::string absent;      // the name of a phase that was asked for but does not exist here

  bool on() const { return index >= 0; }
  const Phase& now() const { return all[static_cast<std::size_t>(index)]; }
  // Whether the phase belongs to the first half of the update, before anything moves: then no steps and paths
  // are drawn.
  bool stands_still() const { return on() && !now().in_m_step; }
};
// `point`: the one whose numbers are shown, -1: none.
PhaseInView phase_in_view(const Snapshot& snapshot, const View& view, int point);

// has_next: whether the next step is known and finite. shown_theta: the parameters as the stage shows them,
// which in a phase that moves them are on their way to the next ones.
bool has_next(const Snapshot& snapshot);
Theta shown_theta(const Snapshot& snapshot, const PhaseInView& phases);

// Sets the title of the stage and adds a sentence about the phase to its caption. `point`: "point 326".
void name_phase(Figure& figure, Panel& panel, const PhaseInView& phases, const std::string& point);

}  // namespace iem
