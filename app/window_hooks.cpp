#include "app/window_hooks.h"

#include "app/gui/shell/field_twin.h"
#include "app/gui/shell/program.h"

namespace iem {

cli::WindowHooks window_hooks() {
  cli::WindowHooks hooks;
  hooks.open = gui::run_program;
  hooks.open_lesson = gui::run_lesson;
  hooks.screenshot = [](const cli::ScreenshotRequest& r) {
    gui::take_picture({r.scene,
                       r.output,
                       r.steps,
                       r.width,
                       r.height,
                       r.scale,
                       r.theme,
                       r.script,
                       {r.fps, r.may_record, r.recording, r.recorded},
                       r.replaying,
                       r.noting});
  };
  hooks.field_twin = gui::field_twin;
  return hooks;
}

}  // namespace iem
