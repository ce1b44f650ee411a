// The window as the command line starts it: open it, or take its picture without a display.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "app/gui/shell/recording.h"
#include "core/lesson/lesson.h"

namespace iem::gui {

class App;
class Window;

// The window on a scene: a built-in name, a path, a state string, or empty for the first one. `noting` is
// called with each notice about it that the window shows too: columns that were chosen, a replay that
// differs. A replay may be long, so the window opens after half a second with the state reached by then, and
// the replay goes on in the background.
class Program {
 public:
  Program(const std::string& scene, const std::function<void(const std::string&)>& noting);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  App& app() { return *app_; }
  void run();  // Window::run

 private:
  std::unique_ptr<Window> window_;
  std::unique_ptr<App> app_;
};

// Opens it and returns when it is closed.
void run_program(const std::string& scene, const std::function<void(const std::string&)>& noting);

// The same on a lesson.
void run_lesson(const Lesson& lesson);

struct PictureRequest {
  std::string scene, output;
  std::int64_t steps = 0;
  int width = 1280, height = 800;
  double scale = 1;
  std::string theme = "light";
  std::string script;               // path; empty: none
  RecordingRequest recording = {};  // of what the script records
  std::function<void(std::int64_t step, std::int64_t last)>
      replaying;                                   // called while a saved run is replayed
  std::function<void(const std::string&)> noting;  // called with each note about the points
};
// The whole window after `steps` steps and the script (picture_script.h), as a PNG.
void take_picture(const PictureRequest& request);

}  // namespace iem::gui
