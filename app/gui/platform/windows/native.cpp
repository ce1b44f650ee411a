#include "app/gui/platform/desktop/native.h"

#include <windows.h>
// These need the one above.
#define GLFW_INCLUDE_NONE
#define GLFW_EXPOSE_NATIVE_WIN32
#include <GLFW/glfw3.h>
#include <GLFW/glfw3native.h>

#include "app/gui/platform/windows/end_of_session.h"

namespace iem::gui {
namespace {

WNDPROC glfw_procedure = nullptr;

// The user logs off, or the machine goes down. The window closes at once, since after the last question no
// time is left; should somebody else say no, its session is kept and offered again.
LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM wide, LPARAM extra) {
  if (message == WM_QUERYENDSESSION) {
    note_end_of_session();
    return TRUE;
  }
  return CallWindowProcW(glfw_procedure, window, message, wide, extra);
}

// The console that Windows has opened for this program alone, when it was started from the desktop.
void leave_own_console() {
  DWORD processes[2];
  if (GetConsoleProcessList(processes, 2) == 1) FreeConsole();
}

}  // namespace

void prepare_drivers() {}

// Windows gives OpenGL to a window only: it is there, and hidden.
int windowless_platform() { return GLFW_ANY_PLATFORM; }
void hint_windowless() {}

void adopt_native_window(GLFWwindow* window) {
  if (glfwGetWindowAttrib(window, GLFW_VISIBLE) == GLFW_FALSE) return;
  leave_own_console();
  const auto ours = reinterpret_cast<LONG_PTR>(&procedure);
  glfw_procedure =
      reinterpret_cast<WNDPROC>(SetWindowLongPtrW(glfwGetWin32Window(window), GWLP_WNDPROC, ours));
}

}  // namespace iem::gui
