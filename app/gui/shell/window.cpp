#include "app/gui/shell/window.h"

#include <glad/gl.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/gui/gl/disc_renderer.h"
#include "app/gui/gl/field_renderer.h"
#include "app/gui/gl/texture_cache.h"
#include "app/gui/look/fonts.h"
#include "app/gui/look/formula.h"
#include "app/gui/platform/closing_signals.h"
#include "app/gui/platform/settings.h"
#include "app/gui/platform/window_platform.h"
#include "app/gui/shell/window_state.h"
#include "imgui_impl_glfw.h"
#include "imgui_impl_opengl3.h"
#include "imgui_internal.h"
#include "implot.h"

namespace iem::gui {
namespace {

// After input: tooltips wait for 0.4 s, and ImGui needs a frame or two to answer.
constexpr double kAwakeAfterInput_s = 0.7;
constexpr double kCalmFrame_s = 1.0 / 30;
constexpr double kSleep_s = 1.0;

const char* name_of(paint::ThemeId theme) {
  switch (theme) {
    case paint::ThemeId::dark: return "dark";
    case paint::ThemeId::print: return "print";
    case paint::ThemeId::light: break;
  }
  return "light";
}

}  // namespace

Window::Window(const WindowOptions& options) : options_(options), platform_(std::make_unique<Platform>()) {
  keep_freed_memory();
  if (options_.headless) options_.remember = false;
  settings() = options_.remember ? load_settings() : Settings{};
  wanted_.theme = options_.theme;
  if (options_.remember) {
    wanted_.user_scale = settings().user_scale;
    if (settings().theme == "dark") wanted_.theme = paint::ThemeId::dark;
  }
  create_platform_window();
  create_contexts();
  refresh_size();
  adopt_look();
}

Window::~Window() {
  ImGui::SetCurrentContext(imgui_);
  if (!options_.headless) remember_place();
  save_if_due(true);
  clear_formulas();
  clear_textures();
  clear_discs();
  platform_->frame.clear();
  ImGui_ImplOpenGL3_Shutdown();
  if (!options_.headless) ImGui_ImplGlfw_Shutdown();
  ImPlot::DestroyContext(implot_);
  ImGui::DestroyContext(imgui_);
  close_platform_window(handle_);
}

void Window::create_platform_window() {
  const Settings& saved = settings();
  PlatformRequest request{.title = options_.title,
                          .width = options_.width,
                          .height = options_.height,
                          .headless = options_.headless};
  if (saved.width >= 320 && saved.height >= 240) {
    request.x = saved.x, request.y = saved.y, request.place = true;
    request.width = saved.width, request.height = saved.height;
    request.maximised = saved.maximised;
  }
  handle_ = open_platform_window(request);
  if (options_.headless) return;
  glfwSetWindowSizeLimits(handle_, 640, 480, GLFW_DONT_CARE, GLFW_DONT_CARE);
  // A monitor may be gone since; Wayland places windows itself and ignores this.
  if (request.place && !request.maximised && !is_on_a_monitor(request.x, request.y, request.width))
    glfwSetWindowPos(handle_, 60, 60);
}

void Window::create_contexts() {
  IMGUI_CHECKVERSION();
  imgui_ = ImGui::CreateContext();
  implot_ = ImPlot::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // the layout is kept with the other settings, written atomically
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_DockingEnable;
  io.ConfigInputTextCursorBlink =
      false;  // a blinking caret would be the only thing that moves in an idle window
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.ConfigDockingAlwaysTabBar = false;
  io.ConfigNavCaptureKeyboard = false;  // keys belong to the transport until Tab is pressed
  // ImGui's list of windows is one of ids: panels have names (panel_focus.h).
  imgui_->ConfigNavWindowingKeyNext = imgui_->ConfigNavWindowingKeyPrev = 0;
#ifdef NDEBUG
  io.ConfigDebugHighlightIdConflicts = false;  // addressed to programmers
#endif
  if (!settings().layout.empty()) {
    ImGui::LoadIniSettingsFromMemory(settings().layout.data(), settings().layout.size());
    has_layout_ = true;
  }
  if (!options_.headless) {
    install_callbacks();
    ImGui_ImplGlfw_InitForOpenGL(handle_, true);
    adopt_platform_window(handle_);
    draw_fields_at_once();
  }
  ImGui_ImplOpenGL3_Init(shader_dialect().version);
  load_fonts();
}

void Window::install_callbacks() {
  glfwSetWindowUserPointer(handle_, this);
  // Each of these changes the picture; ImGui chains its own callbacks to them.
  glfwSetWindowRefreshCallback(
      handle_, [](GLFWwindow* w) { static_cast<Window*>(glfwGetWindowUserPointer(w))->wake(); });
  glfwSetFramebufferSizeCallback(handle_, [](GLFWwindow* w, int, int) {
    auto* self = static_cast<Window*>(glfwGetWindowUserPointer(w));
    self->has_moved_ = true;
    self->wake();
    // While a border is dragged some platforms do not return from the event loop: draw from here.
    if (self->frame_ == nullptr || ImGui::GetCurrentContext()->WithinFrameScope) return;
    self->render(*self->frame_);
    self->bring();
  });
  glfwSetWindowPosCallback(handle_, [](GLFWwindow* w, int, int) {
    static_cast<Window*>(glfwGetWindowUserPointer(w))->has_moved_ = true;
  });
  glfwSetDropCallback(handle_, [](GLFWwindow* w, int count, const char** paths) {
    auto* self = static_cast<Window*>(glfwGetWindowUserPointer(w));
    if (self->frame_ != nullptr) self->frame_->drop({paths, paths + count});
    self->wake();
  });
}

void Window::refresh_size() {
  glfwGetFramebufferSize(handle_, &width_, &height_);
  if (options_.headless) width_ = options_.width, height_ = options_.height;
  double monitor = options_.scale > 0 ? options_.scale : 1;
  double density = 1;
  if (!options_.headless) {
    float sx = 1, sy = 1;
    int window_width = 1, window_height = 1;
    glfwGetWindowContentScale(handle_, &sx, &sy);
    glfwGetWindowSize(handle_, &window_width, &window_height);
    // Where the platform already counts in points, its pixels are smaller than ours and nothing is to be
    // enlarged.
    density = window_width > 0 ? static_cast<double>(width_) / window_width : 1;
    if (options_.scale <= 0) monitor = static_cast<double>(sx) / density;
  }
  // Asking takes a round trip to the display.
  if (std::exchange(has_moved_, false)) dots_per_inch_ = options_.headless ? 0 : dots_per_inch_at(handle_);
  constexpr double kUsual = 96;  // of a monitor whose size nobody knows, at scale 1
  wanted_.dots_per_inch = dots_per_inch_ > 0 ? dots_per_inch_ : kUsual * std::clamp(monitor, 0.5, 8.0);
  wanted_.monitor_scale = std::clamp(monitor * enlarged_, 0.5, 8.0);
  wanted_.density = std::clamp(density, 0.5, 8.0);
}

void Window::adopt_look() {
  apply_look(wanted_);
  settings().theme = name_of(wanted_.theme);
  settings().user_scale = wanted_.user_scale;
}

void Window::set_look(paint::ThemeId theme, double user_scale) {
  wanted_.theme = theme;
  wanted_.user_scale = user_scale;
  platform_->save_due = true;
  wake();
}

// Arrows and Space drive the time line. They go to widgets from the first Tab or F6 on, which shows where the
// focus is, until a click or Escape; and in menus.
void Window::route_keys() {
  ImGuiContext& g = *imgui_;
  platform_->keys.put_aside(g);
  for (const ImGuiInputEvent& event : g.InputEventsQueue) {
    if (event.Type == ImGuiInputEventType_MouseButton && event.MouseButton.Down) by_keyboard_ = false;
    if (event.Type != ImGuiInputEventType_Key || !event.Key.Down) continue;
    if (event.Key.Key == ImGuiKey_Tab || event.Key.Key == ImGuiKey_F6) by_keyboard_ = true;
    if (event.Key.Key == ImGuiKey_Escape && g.ActiveId == 0 && g.OpenPopupStack.Size == 0)
      by_keyboard_ = g.NavCursorVisible = false;
  }
  if (by_keyboard_ || g.NavCursorVisible || g.OpenPopupStack.Size > 0)
    g.IO.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  else
    g.IO.ConfigFlags &= ~ImGuiConfigFlags_NavEnableKeyboard;
}

void Window::begin_frame() {
  route_keys();
  refresh_size();
  if (!(wanted_ == current_look())) adopt_look();
  ImGui_ImplOpenGL3_NewFrame();
  ImGuiIO& io = ImGui::GetIO();
  if (options_.headless) {
    io.DisplaySize = {static_cast<float>(width_), static_cast<float>(height_)};
    io.DeltaTime = 1.0F / 60;
  } else {
    ImGui_ImplGlfw_NewFrame();
    // A window that slept for a minute must not tell ImGui that its last frame took one.
    io.DeltaTime = std::min(io.DeltaTime, 0.1F);
  }
  ImGui::NewFrame();
  platform_->keys.put_back(*imgui_);
}

void Window::hold_keys() { platform_->keys.pause(); }

void Window::leave_widgets() { by_keyboard_ = imgui_->NavCursorVisible = false; }

void Window::render(Frame& frame) {
  ImGui::SetCurrentContext(imgui_);
  ImPlot::SetCurrentContext(implot_);
  begin_frame();
  frame.draw();
  ImGui::Render();
  unseen_ = options_.headless;
  unseen_ ? update_textures() : present();
  if (ImGui::GetIO().WantSaveIniSettings) platform_->save_due = true;
  save_if_due(false);
}

// What the frame changed in the font atlas, where the frame itself is not drawn.
void Window::update_textures() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
    if (texture->Status != ImTextureStatus_OK) ImGui_ImplOpenGL3_UpdateTexture(texture);
}

// A window that is shown: the frame before, where it waits, and this one; which waits in its turn where a
// rasteriser on the processor can draw it while the next one is made.
void Window::present() {
  bring();
  draw_due_fields();
  ImDrawData& data = *ImGui::GetDrawData();
  const ImVec4 paper = colour4(theme().paper);
  if (ChangingFrame::pays(data)) {
    platform_->frame.draw(data, width_, height_, paper);
    glFlush();
    waiting_ = true;
    return;
  }
  glViewport(0, 0, width_, height_);
  glClearColor(paper.x, paper.y, paper.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(&data);
  glfwSwapBuffers(handle_);
}

// Shows the frame that waits; not in a window that has another size by now, whose next frame is due.
void Window::bring() {
  if (!std::exchange(waiting_, false)) return;
  const GlTarget& picture = platform_->frame.picture();
  if (picture.width() != width_ || picture.height() != height_) return;
  picture.copy_to_window();
  glfwSwapBuffers(handle_);
}

void Window::draw_headless() const {
  draw_due_fields();
  platform_->frame.draw(*ImGui::GetDrawData(), width_, height_, colour4(theme().paper));
  unseen_ = false;
}

std::int64_t Window::pixels_drawn() const { return platform_->frame.pixels_drawn(); }

void Window::show_changed() const {
  platform_->frame.ask();
  draw_headless();
  glFinish();
}

void Window::show_whole() const {
  platform_->frame.forget();
  show_changed();
}

void Window::render_until_stable(Frame& frame, int most) {
  render(frame);
  std::vector<std::uint8_t> before = read_pixels().rgba;
  for (int i = 1; i < most; ++i) {
    render(frame);
    std::vector<std::uint8_t> now = read_pixels().rgba;
    if (now == before && i >= 3 && !frame.restless()) return;
    before = std::move(now);
  }
}

void Window::show() const {
  if (!unseen_) return;
  draw_headless();
  glFinish();
}

void Window::show_behind() const {
  glFinish();
  draw_headless();
  glFlush();
}

paint::Image Window::read_pixels() const {
  show();
  paint::Image image;
  image.width = width_, image.height = height_;
  if (options_.headless) platform_->frame.picture().bind();
  image.rgba = read_framebuffer(width_, height_);
  return image;
}

void Window::wait_for_work(Frame& frame) {
  const bool iconified = glfwGetWindowAttrib(handle_, GLFW_ICONIFIED) == GLFW_TRUE;
  const double now = glfwGetTime();
  const bool settling = now < awake_until_;
  const bool more = frames_due_ > 0 || frame.restless() || dirty_;
  if (iconified || !more) bring();
  if (iconified)
    glfwWaitEventsTimeout(kSleep_s);
  else if (more)
    glfwPollEvents();
  else
    glfwWaitEventsTimeout(settling ? kCalmFrame_s : kSleep_s);
  if (settling) frames_due_ = std::max(frames_due_, 1);
  if (ImGui::GetCurrentContext()->InputEventsQueue.Size > 0) {
    frames_due_ = std::max(frames_due_, 2);
    awake_until_ = glfwGetTime() + kAwakeAfterInput_s;
  }
  if (dirty_.exchange(false)) {
    frames_due_ = std::max(frames_due_, 1);
    // Draws once more after activity has ended, because some of ImGui's sizes settle a frame late.
    awake_until_ = std::max(awake_until_, glfwGetTime() + kCalmFrame_s);
  }
  if (iconified) frames_due_ = 0;
}

void Window::run(Frame& frame) {
  frame_ = &frame;
  take_turns([this] { return turn(); });
}

// One turn of the loop; false when it was the last.
bool Window::turn() {
  if (glfwWindowShouldClose(handle_) == GLFW_TRUE || ClosingSignals::came()) {
    frame_ = nullptr;
    return false;
  }
  ImGui::SetCurrentContext(imgui_);
  wait_for_work(*frame_);
  frame_->work();
  if (frames_due_ <= 0 && !frame_->restless()) {
    bring();
    save_if_due(false);
  } else {
    --frames_due_;
    render(*frame_);
  }
  return true;
}

void Window::wake() {
  // Only one event is posted until it has been handled, so that an engine that publishes a thousand times a
  // second does not flood the queue.
  if (!dirty_.exchange(true)) glfwPostEmptyEvent();
}

void Window::keep_awake(double seconds) {
  awake_until_ = std::max(awake_until_, glfwGetTime() + seconds);
  wake();
}

void Window::close() {
  glfwSetWindowShouldClose(handle_, GLFW_TRUE);
  wake();
}

void Window::set_title(const std::string& title) { glfwSetWindowTitle(handle_, title.c_str()); }

}  // namespace iem::gui
