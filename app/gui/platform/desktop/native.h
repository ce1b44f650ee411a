// What GLFW leaves to each kind of desktop: native.cpp here is for those of Unix, that of
// app/gui/platform/windows/ for Windows.
#pragma once

struct GLFWwindow;

namespace iem::gui {

// Before any driver is loaded: what it wants to find.
void prepare_drivers();
// OpenGL without a display: the hint GLFW_PLATFORM before GLFW begins, and those of a window that nobody
// sees.
int windowless_platform();
void hint_windowless();

// Once the window is there.
void adopt_native_window(GLFWwindow* window);

}  // namespace iem::gui
