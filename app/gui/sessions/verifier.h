// Sessions that are shown from the state they carry are replayed here, behind the window, to verify them.
// What the replay has made becomes the past of the run; where it has come to another state it is offered
// instead.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "app/gui/platform/job.h"
#include "core/run/engine.h"
#include "core/session/session.h"

namespace iem::gui {

// A session whose replay has come to another state.
struct Parted {
  std::string name;  // the file's
  std::string how;   // "at step 40 the state is another one ..."
  Run replayed;
};

class Verifier {
 public:
  // `wake` is called on other threads: the replay has gone on, or has ended.
  explicit Verifier(std::function<void()> wake) : wake_(std::move(wake)) {}
  // Ends all replays.
  ~Verifier();
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  using Replay = std::function<LoadedSession(const ReplayWatch&)>;
  void begin(std::string name, std::shared_ptr<Past> past, Replay replay);
  // Takes what has ended: its run in the engine has its past then.
  void follow(Engine& engine);
  bool working() const { return !all_.empty(); }
  // The first that parted and has not been answered; null where there is none.
  const Parted* parted() const { return parted_.empty() ? nullptr : &parted_.front(); }
  // Answers it: its run, to be shown or not.
  Run take_parted();

 private:
  // Shared with the thread that replays.
  struct One {
    std::string name;
    std::shared_ptr<Past> past;
    std::atomic<bool> stopped = false, done = false;
    std::optional<Parted> parted;  // read when it is done
  };
  struct Work {
    std::shared_ptr<One> one;
    Job<bool> job;
  };
  static void replay(One& one, const Replay& replay, const std::function<void()>& wake);

  std::function<void()> wake_;
  std::list<Work> all_;
  std::deque<Parted> parted_;
};

}  // namespace iem::gui
