#include "app/gui/platform/desktop/native.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <cstdlib>
#include <filesystem>

namespace iem::gui {

int windowless_platform() { return GLFW_PLATFORM_NULL; }

void hint_windowless() { glfwWindowHint(GLFW_CONTEXT_CREATION_API, GLFW_EGL_CONTEXT_API); }

// EGL's Wayland part complains on standard error when this is not set, even where nothing uses it.
void prepare_drivers() {
  if (std::getenv("XDG_RUNTIME_DIR") != nullptr) return;
  std::error_code none;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(none);
  if (!none) setenv("XDG_RUNTIME_DIR", folder.c_str(), 0);
}

void adopt_native_window(GLFWwindow* /*window*/) {}

}  // namespace iem::gui
