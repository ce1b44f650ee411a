// The window of the platform: GLFW with or without a display, or the canvas of a page (docs/platforms.md).
// Errors say in one sentence what is missing.
#pragma once

#include <functional>
#include <optional>
#include <string>

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

// A window (or none) with a current OpenGL 3.3 core context, or what is equal to it for all that is drawn
// here. Points have the size that their shader says. InputError(ErrorKind::missing).
GLFWwindow* open_platform_window(const PlatformRequest& request);
void close_platform_window(GLFWwindow* window);

// What the platform has to do once ImGui knows the window.
void adopt_platform_window(GLFWwindow* window);

// Calls `turn` until it returns false. Where the platform calls the program and not the other way round, it
// comes back at once and the turns follow: what `turn` uses must then stay.
void take_turns(std::function<bool()> turn);

// The first line of every shader, and what stands below it.
struct ShaderDialect {
  const char* version;
  const char* below;
};
ShaderDialect shader_dialect();

// Whether a window at this place would be seen: some part of its title bar lies on a monitor.
bool is_on_a_monitor(int x, int y, int width);

// Screen pixels an inch of the monitor that shows most of the window; 0 where nobody knows.
double dots_per_inch_at(GLFWwindow* window);

struct WindowPlace {
  int x = 0, y = 0, width = 0, height = 0;
  bool maximised = false;  // then the rest is not known
};
// Where the window stands, to be there the next time; none while it is hidden, or where it has no place.
std::optional<WindowPlace> place_of(GLFWwindow* window);

// Fills the monitor that shows most of the window; `before` is what leave_fullscreen() wants. Returns false
// where that cannot be done, or where the platform itself remembers whether it was.
bool enter_fullscreen(GLFWwindow* window, WindowPlace& before);
void leave_fullscreen(GLFWwindow* window, const WindowPlace& before);

// The address that opens a run: `state` is its state string. Empty where nobody has said what links begin
// with.
std::string link_to(const std::string& state);

}  // namespace iem::gui
