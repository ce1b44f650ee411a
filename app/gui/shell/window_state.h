// The private state of the window. Only window*.cpp include this.
#pragma once

#include "app/gui/gl/changing_frame.h"
#include "app/gui/platform/window_platform.h"
#include "app/gui/shell/key_queue.h"
#include "app/gui/shell/window.h"

namespace iem::gui {

struct Window::Platform {
  ChangingFrame frame;  // what is read headless, and shown where OpenGL runs on the processor
  WindowPlace before_fullscreen;
  KeyQueue keys;
  bool save_due = false;
  double saved_at = 0;
};

}  // namespace iem::gui
