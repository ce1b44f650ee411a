// The page. Its first argument is what stands behind # in its address, a scene's name or a state string; the
// second is "embed" where it stands inside another page.
#include <emscripten/emscripten.h>

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "app/gui/platform/window_platform.h"
#include "app/gui/shell/app.h"
#include "app/gui/shell/program.h"
#include "core/base/error.h"
#include "core/base/executor.h"
#include "core/base/hash.h"
#include "core/session/state_string.h"

namespace {

using namespace iem;

gui::Program* g_program = nullptr;  // the browser takes the turns after main() has returned

gui::Program* begin(const std::string& name) {
  const auto noting = [](const std::string&) {};
  try {
    return new gui::Program(name, noting);
  } catch (const InputError& error) {
    if (name.empty()) throw;
    auto program = std::make_unique<gui::Program>("", noting);
    program->app().context().notices().say(error.what(), gui::Notices::Tone::warn);
    return program.release();
  }
}

}  // namespace

extern "C" EMSCRIPTEN_KEEPALIVE void iem_open(const char* name) {
  if (g_program != nullptr) g_program->app().open(name);
}

// The page is left: what is not kept yet is written, and the next start finds a program that ended properly.
extern "C" EMSCRIPTEN_KEEPALIVE void iem_leave() {
  if (g_program == nullptr) return;
  emscripten_cancel_main_loop();
  delete std::exchange(g_program, nullptr);
}

// Step and hash of the run that is shown, "100 21e049040e39b1bc", for tests and for a page around this one.
extern "C" EMSCRIPTEN_KEEPALIVE const char* iem_state() {
  static std::string kept;
  if (g_program == nullptr) return "";
  const auto snapshot = g_program->app().engine().snapshot();
  kept = std::to_string(snapshot->state.step) + " " + hex(snapshot->state.hash());
  return kept.c_str();
}

// The address that opens the page of a lesson, else the run that is shown at its step, for tests and for a
// page around this one; empty where it is too long for one.
extern "C" EMSCRIPTEN_KEEPALIVE const char* iem_link() {
  static std::string kept;
  if (g_program == nullptr) return "";
  gui::App& app = g_program->app();
  kept = app.lesson_link();
  if (!kept.empty()) return kept.c_str();
  app.engine().look([&](const Run& run) { kept = write_state_string(run, app.context().view().config); });
  app.engine().pump();
  if (!kept.empty()) kept = gui::link_to(kept);
  return kept.c_str();
}

int main(int argc, char** argv) {
#ifndef __EMSCRIPTEN_PTHREADS__
  use_executor(no_threads());
#endif
  try {
    g_program = begin(argc > 1 ? argv[1] : "");
    if (argc > 2 && std::string_view(argv[2]) == "embed") g_program->app().embed();
    g_program->run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
