// Starts GLFW with or without a display; errors say in one sentence what is missing.
#pragma once

#include <string>

struct GLFWmonitor;
struct GLFWwindow;

namespace iem::gui {

struct PlatformRequest {
  std::string title;
  int x = 0, y = 0;  // ignored unless `place`
  bool place = false;
  int width = 1280, height = 800;
  bool maximised = false;
  bool headless = false;
};

// Pictures and snapshots of some megabytes come and go with every frame. Returning this memory to the system
// and fetching it again, page by page, costs more than drawing into it, so up to 64 MiB of freed memory are
// kept.
void keep_freed_memory();

// A window (or none) with a current OpenGL 3.3 core context. InputError(ErrorKind::missing).
GLFWwindow* open_platform_window(const PlatformRequest& request);
void close_platform_window(GLFWwindow* window);

// Whether a window at this place would be seen: some part of its title bar lies on a monitor.
bool is_on_a_monitor(int x, int y, int width);

// The monitor that shows most of the window; null when there is none.
GLFWmonitor* monitor_of(GLFWwindow* window);

}  // namespace iem::gui
