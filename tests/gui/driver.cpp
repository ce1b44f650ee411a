#include "tests/gui/driver.h"

#include "imgui_te_internal.h"

namespace iem::gui {

WindowOptions headless_options(int width, int height, double scale) {
  WindowOptions options;
  options.width = width, options.height = height, options.scale = scale;
  options.headless = true;
  return options;
}

Driver::Driver(Frame& frame, const WindowOptions& options)
    : window_(std::make_unique<Window>(options)),
      frame_(frame) {
  engine_ = ImGuiTestEngine_CreateContext();
  ImGuiTestEngineIO& io = ImGuiTestEngine_GetIO(engine_);
  io.ConfigRunSpeed = ImGuiTestRunSpeed_Fast;
  io.ConfigNoThrottle = true;
  io.ConfigSavedSettings = false;
  io.ConfigCaptureEnabled = false;
  io.ConfigMouseDrawCursor = false;
  // Frames take the 1/60 s that a window without a display says. ConfigFixedDeltaTime would give as much to
  // the longer ones in which SleepNoSkip() passes the time.
  ImGuiTestEngine_Start(engine_, ImGui::GetCurrentContext());
  // What ImGui says about calls that do not pair, in the frame that makes them.
  ImGuiContext* context = ImGui::GetCurrentContext();
  context->ErrorCallbackUserData = this;
  context->ErrorCallback = [](ImGuiContext*, void* self, const char* message) {
    static_cast<Driver*>(self)->complaints_ += std::string(message) + "\n";
  };
  for (int i = 0; i < 4; ++i) window_->render(frame_);  // layouts settle
}

Driver::~Driver() {
  ImGuiTestEngine_Stop(engine_);
  window_.reset();  // the engine's context goes last
  ImGuiTestEngine_DestroyContext(engine_);
}

std::string Driver::run(const std::function<void(ImGuiTestContext&)>& steps) {
  ImGuiTest* test = ImGuiTestEngine_RegisterTest(engine_, "gui", "steps");
  test->UserData = const_cast<void*>(static_cast<const void*>(&steps));
  test->TestFunc = [](ImGuiTestContext* context) {
    (*static_cast<const std::function<void(ImGuiTestContext&)>*>(context->Test->UserData))(*context);
  };
  ImGuiTestEngine_QueueTest(engine_, test);
  do {
    window_->render(frame_);
    ImGuiTestEngine_PostSwap(engine_);
  } while (!ImGuiTestEngine_IsTestQueueEmpty(engine_));
  std::string words;
  if (test->Output.Status != ImGuiTestStatus_Success) {
    ImGuiTextBuffer log;
    test->Output.Log.ExtractLinesForVerboseLevels(ImGuiTestVerboseLevel_Error, ImGuiTestVerboseLevel_Warning,
                                                  &log);
    words = std::string("failed: ") + log.c_str();
  }
  ImGuiTestEngine_UnregisterTest(engine_, test);
  return words + complaints_;
}

}  // namespace iem::gui
