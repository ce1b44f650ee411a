// Opens scenes and sessions on a worker: a file may be large and an initialisation slow.
#pragma once

#include <optional>
#include <string>

#include "app/gui/job.h"
#include "core/run/run.h"

namespace iem::gui {

struct OpenedScene {
  Run run;
  std::string name;  // as asked for
  std::string
      remark;  // what the user should know ("the session's state differs from step 40 on"); empty: nothing
};

// A built-in scene's name, a .toml scene, or what is replayed: a session, a state string, an exported figure.
// Throws InputError.
OpenedScene open_scene(const std::string& name);

class SceneLoader {
 public:
  // The latest wish wins: an older one that is still loading is forgotten when it is ready.
  void ask(std::string name);
  bool working() const { return job_.running(); }
  const std::string& name() const { return asked_; }
  // Ready: the scene. Rethrows what went wrong. Empty: nothing yet.
  std::optional<OpenedScene> take();

 private:
  std::string asked_, loading_;
  Job<OpenedScene> job_;
  void start();
};

}  // namespace iem::gui
