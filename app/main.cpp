#include "app/cli/cli.h"
#include "app/gui/shell/field_twin.h"
#include "app/gui/shell/program.h"

int main(int argc, char** argv) {
  iem::cli::WindowHooks hooks;
  hooks.open = iem::gui::run_program;
  hooks.open_lesson = iem::gui::run_lesson;
  hooks.screenshot = [](const iem::cli::ScreenshotRequest& r) {
    iem::gui::take_picture({r.scene,
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
  hooks.field_twin = iem::gui::field_twin;
  return iem::cli::run_main(argc, argv, hooks);
}
