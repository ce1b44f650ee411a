// Opens scenes and sessions on a worker: a file may be large and an initialisation slow.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/gui/platform/job.h"
#include "app/gui/sessions/replay_progress.h"
#include "core/run/run.h"
#include "core/session/session.h"

namespace iem::gui {

struct OpenedScene {
  Run run;
  std::string name;  // as asked for
  std::string
      remark;  // what the user should know ("the session's state differs from step 40 on"); empty: nothing
  bool stopped = false;  // a replay that was ended before its step
  std::function<LoadedSession(const ReplayWatch&)> replay =
      nullptr;  // of a session that is shown before it is replayed (show_session); else null
  // Of what a bridge leads to, whether it is exact (Bridge::Crossing): `remark` says how.
  std::optional<bool> crossed_exactly = std::nullopt;
};

// A built-in scene's name, a .toml scene, or what is replayed: a session, a state string, an exported figure.
// Throws InputError.
OpenedScene open_scene(const std::string& name, const ReplayWatch& watch = {});
// The same; a session that carries its end is shown at once, to be replayed behind the window.
OpenedScene show_scene(const std::string& name, const ReplayWatch& watch = {});

class SceneLoader {
 public:
  ~SceneLoader() { abandon(); }
  // Asks for a scene. The latest request wins: the result of an older one that is still loading is dropped.
  void ask(std::string name);
  // The same for a scene that is not a file or must be composed first; `open` runs on the worker.
  void ask(std::string name, std::function<OpenedScene()> open);
  bool working() const { return job_.running(); }
  const std::string& name() const { return asked_.name; }
  // The progress of the scene that is being opened, to show it and to stop a replay, which is then opened at
  // the step it has reached; null where nothing is being opened.
  ReplayProgress* replay() const { return working() ? progress_.get() : nullptr; }
  // The opened scene, or the reason why it could not be opened; empty while it is not ready.
  std::optional<Outcome<OpenedScene>> take();

 private:
  struct Wish {
    std::string name;
    std::function<OpenedScene(const ReplayWatch&)> open;
    std::uint64_t number = 0;
  };
  void ask(Wish wish);
  void start();
  // Gives up the scene that is being opened, so that a long replay ends.
  void abandon() {
    if (progress_) progress_->stop();
  }

  Wish asked_;
  std::uint64_t loading_ = 0;                 // the number of the wish
  std::shared_ptr<ReplayProgress> progress_;  // shared with the worker
  Job<OpenedScene> job_;
};

}  // namespace iem::gui
