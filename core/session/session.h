// Sessions (.iemlab): everything needed to reach a state again, as JSON. Loading
// replays the edits and compares hashes on the way. Its end is in it too (checkpoint.h), so that a window can
// show it before that is done: until a replay has come to the same state, whatever is written of such a run
// says that it is not verified (Run::doubt). The command line replays before it prints or grades. Data from
// files is referenced by name and hash; painted and inline data stand in the scene.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/thread_pool.h"
#include "core/run/run.h"
#include "core/session/lesson_record.h"

namespace iem {

enum class SessionFor : std::uint8_t {
  kept,                // as a file, with the edits made after its step too: for the window's own autosave
  file,                // indented, with the folder that relative data paths start from
  state_string,        // compact, and without the folder: what is published names no folder of its author
  short_state_string,  // also without the points written into the scene or painted
};

// JSON text. `view` supplies the view keys of the window, `lesson` what was done in a lesson beside the run.
std::string save_session(const Run& run, const Config& view, SessionFor use = SessionFor::file,
                         const LessonRecord& lesson = {});

// Called after every step of a replay with the step reached and the last one; returning false ends the replay
// there.
using ReplayWatch = std::function<bool(std::int64_t step, std::int64_t last)>;

struct LoadedSession {
  Run run;                // at the session's step, or where the replay was stopped
  std::string parted;     // "at step 40 the state is another one ..." when a hash differed; empty otherwise
  bool stopped = false;   // the watch ended the replay early
  LessonRecord lesson;    // of the lesson beside the run, if there was one
  std::string note = {};  // which panel of a figure it is, where nobody chose one; empty otherwise
  // Of a session that is shown and has not been replayed: replays it, on a few threads of its own. Else null.
  std::function<LoadedSession(const ReplayWatch&)> replay = nullptr;
};

// The most bytes that the data of all edits of a replay may take together; a run keeps them all.
inline constexpr std::size_t kMostReplayedData = std::size_t{2} << 30;

// Throws InputError naming `file` when the text is not a session, its scene cannot be opened or its edits ask
// for more than `most_data` bytes of points.
LoadedSession load_session(std::string_view json, const std::string& file, std::shared_ptr<ThreadPool> pool,
                           const ReplayWatch& watch = {}, std::size_t most_data = kMostReplayedData);

// The same at once where the text carries a state that a run can begin at: nothing is proven then, and
// `replay` says what there is to do. Where the state is damaged or of another version of the program the
// session is replayed, and `note` says why.
LoadedSession show_session(std::string json, const std::string& file, std::shared_ptr<ThreadPool> pool,
                           const ReplayWatch& watch = {}, std::size_t most_data = kMostReplayedData);

// Whether a name on the command line is replayed rather than read as a scene: an .iemlab file, a state
// string, or what carries one: an exported figure (.svg, .pdf, .png), a state or the description of a table
// (.json); "page.svg#b" is panel b of a page.
bool is_replay(const std::string& name);
LoadedSession load_replay(const std::string& name, std::shared_ptr<ThreadPool> pool,
                          const ReplayWatch& watch = {});
// What was done in a lesson beside such a run. Nothing is replayed, so that it can be read where the run's
// data is missing.
LessonRecord lesson_of_replay(const std::string& name);
// load_replay by show_session.
LoadedSession show_replay(const std::string& name, std::shared_ptr<ThreadPool> pool,
                          const ReplayWatch& watch = {});

// What a file calls a scene or something to replay, as a name that can be opened: its paths begin in the
// folder of the file; built-in names and state strings stay.
std::string scene_beside(const std::string& file, const std::string& name);

}  // namespace iem
