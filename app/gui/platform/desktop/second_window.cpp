#include "app/gui/platform/second_window.h"

#include <glad/gl.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <utility>

#include "app/gui/platform/desktop/monitor.h"

namespace iem::gui {
namespace {

constexpr int kNotesWidth = 880, kNotesHeight = 620;

SecondWindow* of(GLFWwindow* handle) { return static_cast<SecondWindow*>(glfwGetWindowUserPointer(handle)); }

// The first monitor that is not the one of `main`; null where there is none.
GLFWmonitor* other_monitor(GLFWwindow* main) {
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  const GLFWmonitor* of_main = count > 1 ? monitor_of(main) : nullptr;
  for (int i = 0; i < count && of_main != nullptr; ++i)
    if (monitors[i] != of_main) return monitors[i];
  return nullptr;
}

// Those that a clicker or a lecturer's hand uses there.
ImGuiKey key_of(int key) {
  switch (key) {
    case GLFW_KEY_PAGE_DOWN: return ImGuiKey_PageDown;
    case GLFW_KEY_PAGE_UP: return ImGuiKey_PageUp;
    case GLFW_KEY_ESCAPE: return ImGuiKey_Escape;
    case GLFW_KEY_SPACE: return ImGuiKey_Space;
    case GLFW_KEY_LEFT: return ImGuiKey_LeftArrow;
    case GLFW_KEY_RIGHT: return ImGuiKey_RightArrow;
    default: return ImGuiKey_None;
  }
}

}  // namespace

bool SecondWindow::has_second_monitor(GLFWwindow* main) { return other_monitor(main) != nullptr; }

SecondWindow::SecondWindow(GLFWwindow* main, const char* title) : main_(main) {
  GLFWmonitor* monitor = other_monitor(main);
  glfwWindowHint(GLFW_MAXIMIZED, monitor != nullptr ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_FOCUS_ON_SHOW, GLFW_FALSE);
  if (monitor != nullptr) {
    int x = 0, y = 0, width = 0, height = 0;
    glfwGetMonitorWorkarea(monitor, &x, &y, &width, &height);
    glfwWindowHint(GLFW_POSITION_X, x + std::max(0, (width - kNotesWidth) / 2));
    glfwWindowHint(GLFW_POSITION_Y, y + std::max(0, (height - kNotesHeight) / 2));
  } else {
    glfwWindowHint(GLFW_POSITION_X, static_cast<int>(GLFW_ANY_POSITION));
    glfwWindowHint(GLFW_POSITION_Y, static_cast<int>(GLFW_ANY_POSITION));
  }
  handle_ = glfwCreateWindow(kNotesWidth, kNotesHeight, title, nullptr, nullptr);
  if (handle_ == nullptr) return;
  glfwSetWindowUserPointer(handle_, this);
  glfwSetKeyCallback(handle_, [](GLFWwindow* w, int key, int, int action, int) {
    if (action == GLFW_PRESS && key_of(key) != ImGuiKey_None) of(w)->keys_.push_back(key_of(key));
  });
  glfwSetWindowRefreshCallback(handle_, [](GLFWwindow* w) { of(w)->stale_ = true; });
  glfwSetFramebufferSizeCallback(handle_, [](GLFWwindow* w, int, int) { of(w)->stale_ = true; });
  glfwMakeContextCurrent(handle_);
  glfwSwapInterval(0);  // the main window waits for the monitor already
  glGenTextures(1, &texture_);
  glGenFramebuffers(1, &framebuffer_);
  glfwMakeContextCurrent(main_);
  measure();
}

SecondWindow::~SecondWindow() {
  if (handle_ == nullptr) return;
  glfwDestroyWindow(handle_);  // and its objects with its context
  glfwMakeContextCurrent(main_);
}

bool SecondWindow::is_open() const {
  return handle_ != nullptr && glfwWindowShouldClose(handle_) == GLFW_FALSE;
}

void SecondWindow::measure() {
  glfwGetFramebufferSize(handle_, &width_, &height_);
  int points = 1, high = 1;
  glfwGetWindowSize(handle_, &points, &high);
  float sx = 1, sy = 1;
  glfwGetWindowContentScale(handle_, &sx, &sy);
  density_ = points > 0 ? std::max(1.0, static_cast<double>(width_) / points) : 1;
  density_ = std::max(density_, static_cast<double>(sx));
}

bool SecondWindow::take_stale() {
  if (handle_ == nullptr || !stale_) return false;
  stale_ = false;
  measure();
  return true;
}

void SecondWindow::set_title(const std::string& title) {
  if (handle_ != nullptr) glfwSetWindowTitle(handle_, title.c_str());
}

std::vector<ImGuiKey> SecondWindow::take_keys() { return std::exchange(keys_, {}); }

void SecondWindow::show(const paint::Image& image) {
  if (handle_ == nullptr || image.width != width_ || image.height != height_ || width_ == 0 || height_ == 0)
    return;
  glfwMakeContextCurrent(handle_);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width_, height_, 0, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_);
  glFramebufferTexture2D(GL_READ_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_, 0);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
  glBlitFramebuffer(0, 0, width_, height_, 0, height_, width_, 0, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  glfwSwapBuffers(handle_);
  glfwMakeContextCurrent(main_);
}

}  // namespace iem::gui
