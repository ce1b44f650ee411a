// A script of what is done in the window before its picture is taken, one command a line:
//   action ID          any action of the window that can be run then, "action view.only_stage"
//   set KEY=VALUE      as --set
//   pin N              point N; -1: none
//   pin prototype J    counted from 1
//   hover X Y          the pointer, in pixels of the picture
//   steps N            forward
//   record FILE        from here on, up to the next such line, the window is recorded: a picture now, one
//                      after each step of `steps`, and one after each other line
// Blank lines and lines that begin with # are ignored.
#pragma once

#include <string>

#include "app/gui/shell/app.h"
#include "app/gui/shell/recording.h"

namespace iem::gui {

// Runs the commands in order, each after the one before is done and drawn. Throws InputError with file and
// line for an unknown command or one that has no effect. What was recorded is written when all went well.
void run_script(const std::string& text, const std::string& file, Window& window, App& app,
                const RecordingRequest& recording = {});

}  // namespace iem::gui
