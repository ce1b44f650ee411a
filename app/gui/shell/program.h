// The window as the command line starts it: open it, or take its picture without a display.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "app/gui/shell/recording.h"
#include "core/lesson/lesson.h"

namespace iem::gui {

// Opens the window on a scene (a built-in name, a path, or empty for the first one) and returns when it is
// closed. `noting` is called with each notice about it that the window shows too: columns that were chosen, a
// replay that differs.
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
