// A run as it was opened in the engine. Every run that is made from it, also by a restart, belongs to the
// same opening, until another run is opened.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/run/run.h"

namespace iem {

struct Opening {
  std::shared_ptr<const Setup> setup;
  std::uint64_t hash = 0;  // of the state
  std::size_t edits = 0;   // how many a session brought with it
  bool visit = false;  // shown for a while in place of the user's own run, which comes back (Engine::visit)
};

std::shared_ptr<const Opening> opening_of(const Run& run);

// Whether nothing has been done to it: no step taken, no edit made, no setting changed by a restart, and
// nothing done to the runs beside it (Run::beside_as_opened).
bool is_as_opened(const Opening& opening, const Setup& setup, const RunState& state,
                  const std::vector<Edit>& edits, bool beside_as_opened = true);

}  // namespace iem
