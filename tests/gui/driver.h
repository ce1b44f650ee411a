// Drives a window without a display through Dear ImGui Test Engine: real clicks and keys on real widgets.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/gui/shell/window.h"
#include "imgui_te_context.h"
#include "imgui_te_engine.h"

namespace iem::gui {

WindowOptions headless_options(int width = 1280, int height = 800, double scale = 1);

class Driver {
 public:
  explicit Driver(Frame& frame, const WindowOptions& options = headless_options());
  ~Driver();
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  // Runs `steps` beside the window, frame by frame. The engine's words when something failed; empty when all
  // went well.
  std::string run(const std::function<void(ImGuiTestContext&)>& steps);
  Window& window() { return *window_; }

 private:
  std::unique_ptr<Window> window_;
  Frame& frame_;
  ImGuiTestEngine* engine_ = nullptr;
  std::string complaints_;
};

}  // namespace iem::gui
