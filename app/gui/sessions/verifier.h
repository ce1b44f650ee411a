// Sessions that are shown from the state they carry are replayed here, behind the window, to verify them.
// What the replay has made becomes the past of the run; where it has come to another state it is offered
// instead, and where it cannot be made this says why.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/gui/platform/job.h"
#include "core/run/engine.h"
#include "core/session/session.h"

namespace iem::gui {

// A session whose replay has not come to the state that is shown.
struct Parted {
  std::string name;             // the file's
  std::string how;              // "at step 40 the state is another one ...", or why it cannot be replayed
  std::optional<Run> replayed;  // to be shown instead; nothing where it cannot be replayed
  std::weak_ptr<Past> past;
};

class Verifier {
 public:
  // `wake` is called on other threads: the replay has gone on, or has ended.
  explicit Verifier(std::function<void()> wake) : wake_(std::move(wake)) {}
  // Ends the replay under way, at the step that it is taking.
  ~Verifier();
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  using Replay = std::function<LoadedSession(const ReplayWatch&)>;
  // One is replayed at a time, the latest first: another one makes way and begins again after it. A few wait;
  // of more the oldest is left to whoever goes back to its past. A replay ends with the last copy of its run.
  void begin(std::string name, const std::shared_ptr<Past>& past, Replay replay);
  // Takes what has ended: its run in the engine has its past then.
  void follow(Engine& engine);
  bool working() const { return now_ != nullptr || !waiting_.empty(); }
  std::size_t waiting() const { return waiting_.size(); }
  // The first that parted and has not been answered; null where there is none.
  const Parted* parted() const { return parted_.empty() ? nullptr : &parted_.front(); }
  // Answers it.
  Parted take_parted();

 private:
  struct Task {
    std::string name;
    std::weak_ptr<Past> past;
    Replay replay;
  };
  // Shared with the thread that replays.
  struct One {
    Task task;
    std::atomic<bool> stopped = false, done = false;
    std::optional<Parted> parted = std::nullopt;  // read when it is done
  };
  static void replay(One& one, const std::function<void()>& wake);
  void wait_for_turn(Task task, std::size_t place);
  void begin_next();

  std::function<void()> wake_;
  std::shared_ptr<One> now_;  // null: nothing is replayed
  std::deque<Task> waiting_;  // the next one first
  std::deque<Parted> parted_;
  Job<bool> job_;
};

}  // namespace iem::gui
