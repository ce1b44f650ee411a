// GLFW behind the window: starting it with or without a display, and saying in one sentence what is missing.
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

// Pictures and snapshots of some megabytes come and go with every frame. Given back to the system and fetched
// again they cost more than what is drawn into them: pages are handed out one by one. So up to 64 MiB stay.
void keep_freed_memory();

// A window (or none) with a current OpenGL 3.3 core context. InputError(ErrorKind::missing).
GLFWwindow* open_platform_window(const PlatformRequest& request);
void close_platform_window(GLFWwindow* window);

// Whether a window at this place would be seen: some part of its title bar lies on a monitor.
bool is_on_a_monitor(int x, int y, int width);

// The monitor that shows most of the window; null when there is none.
GLFWmonitor* monitor_of(GLFWwindow* window);

}  // namespace iem::gui
