// Windows gives OpenGL to a window only: it is there and hidden.
#include "app/gui/platform/desktop/windowless.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace iem::gui {

int windowless_platform() { return GLFW_ANY_PLATFORM; }
void hint_windowless() {}
void prepare_drivers() {}

}  // namespace iem::gui
