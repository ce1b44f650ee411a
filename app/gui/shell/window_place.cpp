// Where the window is and what it remembers of that: full screen, place, layout.
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "app/gui/platform/settings.h"
#include "app/gui/platform/window_platform.h"
#include "app/gui/shell/window.h"
#include "app/gui/shell/window_state.h"
#include "imgui_internal.h"

namespace iem::gui {

void Window::toggle_fullscreen() {
  if (options_.headless) return;
  if (fullscreen_) {
    leave_fullscreen(handle_, platform_->before_fullscreen);
    fullscreen_ = false;
  } else {
    remember_place();
    fullscreen_ = enter_fullscreen(handle_, platform_->before_fullscreen);
  }
  wake();
}

void Window::enlarge(double times) {
  enlarged_ = times;
  wake();
}

bool Window::has_second_monitor() const {
  return !options_.headless && SecondWindow::has_second_monitor(handle_);
}

std::unique_ptr<SecondWindow> Window::open_second(const std::string& title) const {
  if (options_.headless) return nullptr;
  auto second = std::make_unique<SecondWindow>(handle_, title.c_str());
  return second->is_open() ? std::move(second) : nullptr;
}

void Window::remember_place() {
  if (fullscreen_) return;
  const std::optional<WindowPlace> place = place_of(handle_);
  if (!place) return;
  Settings& s = settings();
  s.maximised = place->maximised;
  if (s.maximised) return;  // the size to return to is the one from before
  s.x = place->x, s.y = place->y;
  s.width = place->width, s.height = place->height;
}

void Window::forget_layout() {
  ImGui::ClearIniSettings();
  settings().layout.clear();
  has_layout_ = false;
  platform_->save_due = true;
}

void Window::save_if_due(bool now) {
  if (!options_.remember) return;
  constexpr double kPause_s = 5;
  const double time = glfwGetTime();
  if (!now && (!platform_->save_due || time - platform_->saved_at < kPause_s)) return;
  std::size_t length = 0;
  const char* text = ImGui::SaveIniSettingsToMemory(&length);
  settings().layout.assign(text, length);
  ImGui::GetIO().WantSaveIniSettings = false;
  if (!fullscreen_ && !options_.headless) remember_place();
  save_settings(settings());
  platform_->save_due = false;
  platform_->saved_at = time;
}

}  // namespace iem::gui
