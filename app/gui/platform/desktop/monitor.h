#pragma once

struct GLFWmonitor;
struct GLFWwindow;

namespace iem::gui {

// The monitor that shows most of the window; null when there is none.
GLFWmonitor* monitor_of(GLFWwindow* window);

}  // namespace iem::gui
