// The window as the command line starts it: open it, or take its picture without a display.
#pragma once

#include <cstdint>
#include <string>

namespace iem::gui {

// Opens the window on a scene (a built-in name, a path, or empty for the first one) and returns when it is
// closed.
void run_program(const std::string& scene);

struct PictureRequest {
  std::string scene, output;
  std::int64_t steps = 0;
  int width = 1280, height = 800;
  double scale = 1;
  std::string theme = "light";
  std::string script;  // path; empty: none
};
// The whole window after `steps` steps and the script, as a PNG. A script is a line a thing to do:
//   action ID          any action of the window, "action view.only_stage"
//   set KEY=VALUE      as --set
//   pin N, pin prototype J
//   hover X Y          the pointer, in pixels of the picture
//   steps N            forward
void take_picture(const PictureRequest& request);

}  // namespace iem::gui
