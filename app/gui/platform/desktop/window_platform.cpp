#include "app/gui/platform/window_platform.h"

#include <glad/gl.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <string>

#include "app/gui/platform/desktop/monitor.h"
#include "app/gui/platform/desktop/native.h"
#include "core/base/error.h"
#include "core/system/memory_room.h"
#include "iem_version.h"

namespace iem::gui {
namespace {

[[noreturn]] void give_up(const std::string& why) {
  glfwTerminate();
  throw NoWindow(why);
}

std::string reason() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text == nullptr ? std::string() : " (" + std::string(text) + ")";
}

// Checks first that there is enough memory, because graphics drivers end the program where there is not.
void require_memory(const PlatformRequest& request) {
  const std::size_t pixels =
      static_cast<std::size_t>(request.width) * static_cast<std::size_t>(request.height);
  const std::size_t bytes = (std::size_t{640} << 20) + 16 * pixels;
  if (has_memory_for(bytes)) return;
  throw NoWindow("it takes " + std::to_string(bytes >> 20) + " MB of memory, and there is not so much.");
}

void set_hints(const PlatformRequest& request) {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, request.place ? GLFW_FALSE : GLFW_TRUE);
  glfwWindowHint(GLFW_VISIBLE, request.headless ? GLFW_FALSE : GLFW_TRUE);
  glfwWindowHint(GLFW_MAXIMIZED, request.maximised ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "iemlab");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "iemlab");
  glfwWindowHintString(GLFW_WAYLAND_APP_ID, "iemlab");
  if (request.place) {
    glfwWindowHint(GLFW_POSITION_X, request.x);
    glfwWindowHint(GLFW_POSITION_Y, request.y);
  }
  if (request.headless) hint_windowless();
}

}  // namespace

void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int kKept = 64 << 20, kOwnMapping = 32 << 20;  // bytes
  mallopt(M_TRIM_THRESHOLD, kKept);
  mallopt(M_MMAP_THRESHOLD, kOwnMapping);
#endif
}

GLFWwindow* open_platform_window(const PlatformRequest& request) {
  require_memory(request);
  prepare_drivers();
  glfwInitHint(GLFW_PLATFORM, request.headless ? windowless_platform() : GLFW_ANY_PLATFORM);
  if (glfwInit() == GLFW_FALSE) give_up("there is no display" + reason() + ".");
  set_hints(request);
  GLFWwindow* window =
      glfwCreateWindow(request.width, request.height, request.title.c_str(), nullptr, nullptr);
  if (window == nullptr) give_up("this machine offers no OpenGL 3.3" + reason() + ".");
  glfwMakeContextCurrent(window);
  const int version = gladLoadGL(glfwGetProcAddress);
  if (version == 0 || GLAD_VERSION_MAJOR(version) * 10 + GLAD_VERSION_MINOR(version) < 33) {
    glfwDestroyWindow(window);
    give_up("this machine offers no OpenGL 3.3.");
  }
  glEnable(GL_PROGRAM_POINT_SIZE);
  if (!request.headless) glfwSwapInterval(1);
  return window;
}

void adopt_platform_window(GLFWwindow* window) { adopt_native_window(window); }

void take_turns(std::function<bool()> turn) {
  while (turn()) {}
}

ShaderDialect shader_dialect() { return {"#version 330 core", ""}; }

void close_platform_window(GLFWwindow* window) {
  glfwDestroyWindow(window);
  glfwTerminate();
}

bool is_on_a_monitor(int x, int y, int width) {
  constexpr int kGrip = 80;  // this much of the title must be reachable
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    int mx = 0, my = 0, mw = 0, mh = 0;
    glfwGetMonitorWorkarea(monitors[i], &mx, &my, &mw, &mh);
    if (x + width - kGrip > mx && x + kGrip < mx + mw && y >= my - 1 && y + kGrip < my + mh) return true;
  }
  return false;
}

GLFWmonitor* monitor_of(GLFWwindow* window) {
  int x = 0, y = 0, width = 0, height = 0, count = 0;
  glfwGetWindowPos(window, &x, &y);
  glfwGetWindowSize(window, &width, &height);
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  GLFWmonitor* best = glfwGetPrimaryMonitor();
  int most = 0;
  for (int i = 0; i < count; ++i) {
    int mx = 0, my = 0;
    glfwGetMonitorPos(monitors[i], &mx, &my);
    const GLFWvidmode* mode = glfwGetVideoMode(monitors[i]);
    if (mode == nullptr) continue;
    const int wide = std::min(x + width, mx + mode->width) - std::max(x, mx);
    const int high = std::min(y + height, my + mode->height) - std::max(y, my);
    if (wide > 0 && high > 0 && wide * high > most) most = wide * high, best = monitors[i];
  }
  return best;
}

double dots_per_inch_at(GLFWwindow* window) {
  constexpr double kMmPerInch = 25.4, kLeast = 40, kMost = 1000;  // others are made up, as by projectors
  GLFWmonitor* monitor = monitor_of(window);
  const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
  if (mode == nullptr) return 0;
  int wide_mm = 0, high_mm = 0;
  glfwGetMonitorPhysicalSize(monitor, &wide_mm, &high_mm);
  const double found = wide_mm > 0 ? mode->width * kMmPerInch / wide_mm : 0;
  return found >= kLeast && found <= kMost ? found : 0;
}

std::optional<WindowPlace> place_of(GLFWwindow* window) {
  if (glfwGetWindowAttrib(window, GLFW_ICONIFIED) == GLFW_TRUE) return {};
  WindowPlace place;
  place.maximised = glfwGetWindowAttrib(window, GLFW_MAXIMIZED) == GLFW_TRUE;
  if (place.maximised) return place;
  glfwGetWindowPos(window, &place.x, &place.y);
  glfwGetWindowSize(window, &place.width, &place.height);
  return place;
}

bool enter_fullscreen(GLFWwindow* window, WindowPlace& before) {
  glfwGetWindowPos(window, &before.x, &before.y);
  glfwGetWindowSize(window, &before.width, &before.height);
  GLFWmonitor* monitor = monitor_of(window);
  if (monitor == nullptr) return false;
  const GLFWvidmode* mode = glfwGetVideoMode(monitor);
  glfwSetWindowMonitor(window, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
  return true;
}

void leave_fullscreen(GLFWwindow* window, const WindowPlace& before) {
  glfwSetWindowMonitor(window, nullptr, before.x, before.y, before.width, before.height, GLFW_DONT_CARE);
}

std::string link_to(const std::string& state) {
  return kLinkBase.empty() ? std::string() : std::string(kLinkBase) + "#" + state;
}

}  // namespace iem::gui
