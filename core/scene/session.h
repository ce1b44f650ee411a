// Sessions (.iemlab, contract.md section 4): everything needed to reach a state again, as JSON. Loading
// replays the edits and compares hashes on the way.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/thread_pool.h"
#include "core/run/run.h"

namespace iem {

// JSON text. `view` supplies the view keys of the window.
std::string save_session(const Run& run, const Config& view);

struct LoadedSession {
  Run run;             // at the session's step
  std::string parted;  // "at step 40 the state is another one ..." when a hash differed; empty otherwise
};

// Throws InputError naming `file` when the text is not a session or its scene cannot be opened.
LoadedSession load_session(std::string_view json, const std::string& file, std::shared_ptr<ThreadPool> pool);

}  // namespace iem
