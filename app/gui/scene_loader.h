// Opens scenes and sessions on a worker: a file may be large and an initialisation slow.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/gui/job.h"
#include "app/gui/replay_progress.h"
#include "core/run/run.h"
#include "core/scene/session.h"

namespace iem::gui {

struct OpenedScene {
  Run run;
  std::string name;  // as asked for
  std::string
      remark;  // what the user should know ("the session's state differs from step 40 on"); empty: nothing
  bool stopped = false;  // a replay that was ended before its step
};

// A built-in scene's name, a .toml scene, or what is replayed: a session, a state string, an exported figure.
// Throws InputError.
OpenedScene open_scene(const std::string& name, const ReplayWatch& watch = {});

class SceneLoader {
 public:
  ~SceneLoader() { abandon(); }
  // The latest wish wins: an older one that is still loading is forgotten when it is ready.
  void ask(std::string name);
  bool working() const { return job_.running(); }
  const std::string& name() const { return asked_; }
  // Of the scene that is being opened, to be shown and to stop its replay, which is then open at the step it
  // has come to; null: nothing is being opened.
  ReplayProgress* replay() const { return working() ? progress_.get() : nullptr; }
  // Ready: the scene. Rethrows what went wrong. Empty: nothing yet.
  std::optional<OpenedScene> take();

 private:
  std::string asked_;
  bool forgotten_ = false;                    // what is being opened is no longer wanted
  std::shared_ptr<ReplayProgress> progress_;  // shared with the worker
  Job<OpenedScene> job_;
  void start();
  // Nobody waits for what is being opened: a replay without an end must end.
  void abandon() {
    if (progress_) progress_->stop();
  }
};

}  // namespace iem::gui
