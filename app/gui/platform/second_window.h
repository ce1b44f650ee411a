// A second window of the operating system that shows one picture and reports keys, such as the presenter's
// notes on another monitor. It has no ImGui of its own.
#pragma once

#include <string>
#include <vector>

#include "app/paint/canvas.h"
#include "imgui.h"

struct GLFWwindow;

namespace iem::gui {

class SecondWindow {
 public:
  // On a monitor that does not show most of `main`, where there is one; else beside it. Nothing opens, and
  // is_open() says so, where the platform has no room for another window. `main` keeps its current context.
  SecondWindow(GLFWwindow* main, const char* title);
  ~SecondWindow();
  SecondWindow(const SecondWindow&) = delete;
  SecondWindow& operator=(const SecondWindow&) = delete;

  bool is_open() const;                 // false also once the user has closed it
  int width() const { return width_; }  // framebuffer pixels, of the last frame
  int height() const { return height_; }
  double density() const { return density_; }  // framebuffer pixels per point of the platform
  // Whether the user has done something in it that wants an answer.
  bool has_news() const { return stale_ || !keys_.empty() || !is_open(); }
  // Whether its picture is to be made again: its size has changed, or it was uncovered.
  bool take_stale();
  // Shows a picture of width() x height() pixels.
  void show(const paint::Image& image);
  void set_title(const std::string& title);
  // The keys that were pressed in it since the last call.
  std::vector<ImGuiKey> take_keys();

  static bool has_second_monitor(GLFWwindow* main);

 private:
  void measure();

  GLFWwindow* main_;
  GLFWwindow* handle_ = nullptr;
  unsigned texture_ = 0, framebuffer_ = 0;
  int width_ = 0, height_ = 0;
  double density_ = 1;
  bool stale_ = true;
  std::vector<ImGuiKey> keys_;
};

}  // namespace iem::gui
