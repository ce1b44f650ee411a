#include "app/gui/platform/window_platform.h"

#include <GLFW/glfw3.h>
#include <emscripten/emscripten.h>
#include <emscripten/html5.h>

#include <cstdlib>
#include <memory>
#include <utility>

#include "app/gui/platform/web/page.h"
#include "core/base/error.h"
#include "iem_version.h"
#include "imgui.h"
#include "imgui_impl_glfw.h"

// Two fingers on the stage: where their middle is, and by how many notches of a wheel they have moved apart.
extern "C" EMSCRIPTEN_KEEPALIVE void iem_two_fingers(int down, double x, double y, double notches) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);  // the first finger alone was one
  io.AddMousePosEvent(static_cast<float>(x), static_cast<float>(y));
  io.AddMouseButtonEvent(ImGuiMouseButton_Middle, down != 0);
  if (notches != 0) io.AddMouseWheelEvent(0, static_cast<float>(notches));
}

// A finger that comes down: GLFW tells of the press alone, which would be where the pointer was before.
extern "C" EMSCRIPTEN_KEEPALIVE void iem_finger(double x, double y) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  io.AddMousePosEvent(static_cast<float>(x), static_cast<float>(y));
}

// Whether a field waits for text (hands.js, iemTyped).
extern "C" EMSCRIPTEN_KEEPALIVE int iem_wants_text() { return ImGui::GetIO().WantTextInput ? 1 : 0; }

// What a phone's keyboard did to the field: so many letters were deleted before the caret, then these
// written.
extern "C" EMSCRIPTEN_KEEPALIVE void iem_type(int deleted, const char* text) {
  ImGuiIO& io = ImGui::GetIO();
  for (int i = 0; i < deleted; ++i)
    for (const bool down : {true, false}) io.AddKeyEvent(ImGuiKey_Backspace, down);
  io.AddInputCharactersUTF8(text);
}

namespace iem::gui {
namespace {

constexpr const char* kCanvas = "#canvas";

std::function<bool()> g_turn;
ImGuiMouseCursor g_cursor = ImGuiMouseCursor_Arrow;

const char* css_of(ImGuiMouseCursor cursor) {
  switch (cursor) {
    case ImGuiMouseCursor_None: return "none";
    case ImGuiMouseCursor_TextInput: return "text";
    case ImGuiMouseCursor_ResizeAll: return "move";
    case ImGuiMouseCursor_ResizeNS: return "ns-resize";
    case ImGuiMouseCursor_ResizeEW: return "ew-resize";
    case ImGuiMouseCursor_ResizeNESW: return "nesw-resize";
    case ImGuiMouseCursor_ResizeNWSE: return "nwse-resize";
    case ImGuiMouseCursor_Hand: return "pointer";
    case ImGuiMouseCursor_NotAllowed: return "not-allowed";
    default: return "default";
  }
}

// Emscripten's GLFW has no cursors of its own.
void show_cursor() {
  const ImGuiMouseCursor cursor = ImGui::GetMouseCursor();
  if (cursor == std::exchange(g_cursor, cursor)) return;
  iem_page_set_cursor(css_of(cursor));
}

void fit(GLFWwindow* window, int width, int height) {
  if (width > 0 && height > 0) glfwSetWindowSize(window, width, height);
}

}  // namespace

void keep_freed_memory() {}

GLFWwindow* open_platform_window(const PlatformRequest& request) {
  if (request.headless) throw InputError("No picture can be taken in a page.", {}, ErrorKind::missing);
  if (glfwInit() == GLFW_FALSE) throw InputError("No window can open.", {}, ErrorKind::missing);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);  // as many pixels as the screen has
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHint(GLFW_ALPHA_BITS, 0);  // or what lies behind the page would shine through
  GLFWwindow* window =
      glfwCreateWindow(request.width, request.height, request.title.c_str(), nullptr, nullptr);
  if (window == nullptr) throw InputError("This browser offers no WebGL 2.", {}, ErrorKind::missing);
  glfwMakeContextCurrent(window);
  return window;
}

void close_platform_window(GLFWwindow* window) {
  glfwDestroyWindow(window);
  glfwTerminate();
}

void adopt_platform_window(GLFWwindow* window) {
  ImGui_ImplGlfw_InstallEmscriptenCallbacks(window, kCanvas);
  // GLFW writes the size it was given on the canvas, so that ImGui's own callback, which asks the canvas,
  // never sees another one: the size of the page is what counts.
  emscripten_set_resize_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, window, EM_FALSE,
                                 [](int, const EmscriptenUiEvent* event, void* to) -> EM_BOOL {
                                   fit(static_cast<GLFWwindow*>(to), event->windowInnerWidth,
                                       event->windowInnerHeight);
                                   return EM_TRUE;
                                 });
  emscripten_set_fullscreenchange_callback(EMSCRIPTEN_EVENT_TARGET_DOCUMENT, nullptr, EM_FALSE, nullptr);
  ImGui::GetIO().ConfigMacOSXBehaviors = iem_page_is_mac() != 0;  // Cmd in the place of Ctrl
  ImGuiPlatformIO& io = ImGui::GetPlatformIO();
  io.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) { iem_page_copy(text); };
  io.Platform_GetClipboardTextFn = [](ImGuiContext*) -> const char* {
    static std::unique_ptr<char, decltype(&std::free)> kept(nullptr, &std::free);
    kept.reset(iem_page_clipboard());
    return kept.get();
  };
}

void take_turns(std::function<bool()> turn) {
  g_turn = std::move(turn);
  // The browser calls before it draws, 60 times a second or as often as its screen does. What stands on the
  // stack is left alone: with exceptions of WebAssembly, "simulating an infinite loop" would destroy it.
  emscripten_set_main_loop(
      [] {
        if (!g_turn()) return emscripten_cancel_main_loop();
        show_cursor();
      },
      0, false);
}

ShaderDialect shader_dialect() {
  return {"#version 300 es", "\nprecision highp float;\nprecision highp int;"};
}

// A page stands where its reader has put it.
bool is_on_a_monitor(int /*x*/, int /*y*/, int /*width*/) { return true; }
double dots_per_inch_at(GLFWwindow* /*window*/) { return 0; }
std::optional<WindowPlace> place_of(GLFWwindow* /*window*/) { return {}; }

// The reader may leave it without the program, by Escape.
bool enter_fullscreen(GLFWwindow* /*window*/, WindowPlace& /*before*/) {
  iem_page_toggle_fullscreen();
  return false;
}
void leave_fullscreen(GLFWwindow* /*window*/, const WindowPlace& /*before*/) {}

std::string link_to(const std::string& state) {
  std::string base(kLinkBase);
  if (base.empty()) {
    char* address = iem_page_address();
    base = address;
    std::free(address);
  }
  return base + "#" + state;
}

}  // namespace iem::gui
