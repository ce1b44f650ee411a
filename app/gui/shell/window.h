// The window: GLFW, an OpenGL 3.3 core context, the ImGui and ImPlot contexts, and the loop between them.
//
// One class for a real window and for none: without a display GLFW's null platform and EGL give the same
// context, the frame goes to a picture of our own, time advances by 1/60 s a frame and there is no pointer,
// so that the same state gives the same pixels every time.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/gui/look/style.h"
#include "app/gui/platform/second_window.h"
#include "app/paint/canvas.h"

struct GLFWwindow;
struct ImGuiContext;
struct ImPlotContext;

namespace iem::gui {

// The content of the window, which calls draw() between ImGui::NewFrame and ImGui::Render.
class Frame {
 public:
  virtual ~Frame() = default;
  virtual void draw() = 0;
  // Files dropped on the window.
  virtual void drop(const std::vector<std::string>& paths) { static_cast<void>(paths); }
  // Whether the picture still changes by itself (an animation, a computation in flight): keeps frames coming.
  virtual bool restless() const { return false; }
  // Called in each turn of the loop, whether a frame is drawn or not: work that has no thread of its own.
  virtual void work() {}
};

struct WindowOptions {
  std::string title = "Implicit EM Lab";
  int width = 1280, height = 800;  // at scale 1 when shown, exact pixels when headless
  bool headless = false;
  double scale = 0;  // headless: interface scale; 0 means 1. Shown: 0 follows the monitor
  paint::ThemeId theme = paint::ThemeId::light;
  bool remember = true;  // read and write the place, size and layout of the last time
};

class Window {
 public:
  // InputError(ErrorKind::missing) when there is no display or no OpenGL 3.3.
  explicit Window(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Draws when something happened, and sleeps otherwise, until the window is closed. In the browser it
  // returns at once and goes on by itself: window and frame must stay (take_turns).
  void run(Frame& frame);
  // Draws one frame now; a headless window's becomes pixels when they are read.
  void render(Frame& frame);
  // Draws until two frames in a row are alike (layouts settle in two or three), at most `most` frames.
  void render_until_stable(Frame& frame, int most = 60);

  // Headless: turns the last frame into pixels, where that has not been done.
  void show() const;
  // The same, as frames of a window that is shown follow one another on a machine without a graphics card:
  // waits for the pixels of the frame before, and leaves those of this one to the rasteriser. For
  // measurements.
  void show_behind() const;
  // As show, where OpenGL runs on the processor: only what differs from the frame before, or every pixel of
  // it. For tests.
  void show_changed() const;
  void show_whole() const;
  std::int64_t pixels_drawn() const;  // of the last frame, headless
  // The last frame, opaque, row 0 at the top.
  paint::Image read_pixels() const;

  // From any thread: something changed, draw soon.
  void wake();
  // Keep drawing for a while, e.g. while a value glides.
  void keep_awake(double seconds);
  void close();
  // Delivers waiting keys one frame later, to the card that a shortcut has just opened.
  void hold_keys();
  // Keys belong to the shortcuts again, after Tab had given them to widgets.
  void leave_widgets();

  // Theme and user scale; takes effect before the next frame and is remembered.
  void set_look(paint::ThemeId theme, double user_scale);
  // Everything this many times larger, without being remembered.
  void enlarge(double times);
  void toggle_fullscreen();
  bool is_fullscreen() const { return fullscreen_; }
  void set_title(const std::string& title);
  // The docking layout as it was built by the program: forgets what was remembered.
  void forget_layout();
  // Whether a docking layout was remembered; if not, the program builds its own.
  bool has_layout() const { return has_layout_; }

  // Another window of the program; null where there is none to be had, as without a display.
  std::unique_ptr<SecondWindow> open_second(const std::string& title) const;
  bool has_second_monitor() const;
  bool headless() const { return options_.headless; }
  int width() const { return width_; }  // framebuffer pixels
  int height() const { return height_; }

 private:
  struct Platform;
  void create_platform_window();
  void create_contexts();
  void install_callbacks();
  void route_keys();
  void begin_frame();
  void present();
  void bring();
  void draw_headless() const;
  void update_textures();
  bool turn();
  void wait_for_work(Frame& frame);
  void refresh_size();
  void adopt_look();
  void remember_place();
  void save_if_due(bool now);

  WindowOptions options_;
  std::unique_ptr<Platform> platform_;  // the GL objects of the headless frame, saved place
  GLFWwindow* handle_ = nullptr;
  ImGuiContext* imgui_ = nullptr;
  ImPlotContext* implot_ = nullptr;
  Frame* frame_ = nullptr;
  Look wanted_;
  double enlarged_ = 1;
  bool has_moved_ = true;     // perhaps to another monitor
  double dots_per_inch_ = 0;  // of that; 0: nobody knows
  int width_ = 0, height_ = 0;
  int frames_due_ = 3;
  double awake_until_ = 0;
  bool fullscreen_ = false, has_layout_ = false;
  bool by_keyboard_ = false;     // widgets are used by keys: Tab was pressed, no click since
  bool waiting_ = false;         // shown: the last frame is drawn and not in the window yet
  mutable bool unseen_ = false;  // headless: the last frame has not become pixels
  std::atomic<bool> dirty_ = true;
};

}  // namespace iem::gui
