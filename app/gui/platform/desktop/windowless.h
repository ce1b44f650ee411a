// How OpenGL is had without a display, and what a driver wants to find; for each kind of desktop.
#pragma once

namespace iem::gui {

// Before GLFW begins: the hint GLFW_PLATFORM of a program that shows no window.
int windowless_platform();
// Before the window that nobody sees is made.
void hint_windowless();
// Before any driver is loaded.
void prepare_drivers();

}  // namespace iem::gui
