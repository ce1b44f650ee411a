// A run may begin at a state that a file gives instead of at step 0: it can be shown at once, while what
// comes before is replayed beside it. All copies of the run share what is known of its past, and take it over
// once a replay that has come to the same state puts it there.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/run/edit.h"
#include "core/run/run_state.h"

namespace iem {

class Run;
struct Dataset;

// Where such a run begins: a state, and the edits that were made up to it.
struct Checkpoint {
  RunState state;
  std::vector<Edit> edits;
  std::map<std::int64_t, std::string> hashes;  // of states before, as they are known; by step
  std::vector<RunState> before = {};  // of earlier steps, in their order, none from before the last edit
  // Told of each data set that the edits ask for; what it throws ends the making of the run.
  std::function<void(const std::shared_ptr<const Dataset>&)> making = {};
};

class Past {
 public:
  enum class Standing : std::uint8_t {
    coming,  // somebody replays it
    here,    // a replay has come to the same state
    parted,  // a replay has come to another one
    failed,  // a replay could not be made
    left,    // nobody replays it any more
  };

  Past(RunState state, std::size_t edits, std::map<std::int64_t, std::string> hashes)
      : state_(std::move(state)),
        edits_(edits),
        hashes_(std::move(hashes)) {}

  const RunState& state() const { return state_; }  // where the run begins
  std::size_t edits() const { return edits_; }      // how many of the run's edits were made up to there
  const std::map<std::int64_t, std::string>& hashes() const { return hashes_; }

  Standing standing() const { return standing_; }
  std::int64_t reached() const { return reached_; }  // the step of the replay
  std::string reason() const;                        // why it failed; else empty
  // A sentence about a run that begins here: what keeps it from being proven. Empty where nothing does.
  std::string doubt() const;
  // From any thread, by whoever replays. What is here stays so whatever another replay comes to.
  void reach(std::int64_t step) { reached_ = step; }
  // The replayed run at the step of the state. False, and parted, when its state is another one.
  bool fill(Run replayed);
  void part();
  void fail(std::string reason);
  void leave();                                 // where it is coming
  std::shared_ptr<const Run> replayed() const;  // null unless it is here

 private:
  const RunState state_;
  const std::size_t edits_;
  const std::map<std::int64_t, std::string> hashes_;
  std::atomic<Standing> standing_ = Standing::coming;
  std::atomic<std::int64_t> reached_ = 0;
  mutable std::mutex mutex_;  // of what follows, and of changes of the standing
  std::string reason_;
  std::shared_ptr<const Run> replayed_;
};

}  // namespace iem
