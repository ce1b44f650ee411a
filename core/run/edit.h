// The only way anything changes a run. Edits carry the step at which they took effect, so a session replays
// exactly.
#pragma once

#include <cstdint>
#include <string>

#include "core/config/value.h"

namespace iem {

// Sets a configuration key ("optimizer.learning_rate"), or, with the prefix "state.", a block of the running
// state in its natural shape ("state.means", K x 2), which is what dragging on the stage does.
struct Edit {
  std::string key;
  Value value;
  std::int64_t step = 0;  // filled in by Run::apply
  bool is_state() const { return key.starts_with("state."); }
  bool operator==(const Edit&) const = default;
};

}  // namespace iem
