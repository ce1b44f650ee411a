// The command line: run, check, list, sweep of scenes without a window. Functions that need a window or
// OpenGL are passed in, so that this part links without them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/check/check.h"
#include "core/lesson/lesson.h"
#include "core/run/scene.h"

namespace iem::cli {

struct ScreenshotRequest {
  std::string scene, output;
  std::int64_t steps = 0;
  int width = 1280, height = 800;
  double scale = 1;
  std::string theme = "light";
  std::string script;  // path; empty: none
  double fps = 25;     // of what the script records
  // Called before a file is recorded (throws where it must not be written), while and when it is written.
  std::function<void(const std::string& path)> may_record;
  std::function<void(const std::string& path, double done)> recording;
  std::function<void(const std::string& path)> recorded;
  // Called while a saved run is replayed.
  std::function<void(std::int64_t step, std::int64_t last)> replaying;
  std::function<void(const std::string&)> noting;  // called with each note about the points
};

// The functions that only the program with a window has.
struct WindowHooks {
  // `noting` is called with each note about what was opened, for standard error.
  std::function<void(const std::string& scene, const std::function<void(const std::string&)>& noting)> open;
  std::function<void(const Lesson&)> open_lesson;  // opens the window on it
  std::function<void(const ScreenshotRequest&)> screenshot;
  std::function<CheckResult(const Scene&, std::int64_t steps)> field_twin;
};

// Parses and runs; returns the exit code. Errors are one line on standard error.
int run_main(int argc, char** argv, const WindowHooks& hooks);

}  // namespace iem::cli
