#include "app/gui/shell/program.h"

#include <chrono>
#include <memory>
#include <thread>

#include "app/gui/lessons/lesson_address.h"
#include "app/gui/platform/closing_signals.h"
#include "app/gui/shell/app.h"
#include "app/gui/shell/picture_script.h"
#include "app/gui/shell/screenshot.h"
#include "core/base/executor.h"
#include "core/data/table_reader.h"
#include "core/lesson/lessons.h"
#include "core/run/scene.h"
#include "core/session/scene_file.h"

namespace iem::gui {
namespace {

// Whatever works beside the window lets it draw first.
void put_the_window_first() { use_executor(threads_behind()); }

std::string or_first(const std::string& scene) { return scene.empty() ? builtin_scenes().front() : scene; }

}  // namespace

Program::Program(const std::string& scene, const std::function<void(const std::string&)>& noting) {
  using SteadyClock = std::chrono::steady_clock;
  constexpr auto kPatience = std::chrono::milliseconds(500);
  const bool is_lesson = lesson_address(scene).has_value();  // over the first scene
  const std::string name = or_first(is_lesson ? std::string() : scene);
  const auto begin = SteadyClock::now();
  OpenedScene opened = show_scene(name, [=](auto, auto) { return SteadyClock::now() - begin < kPatience; });
  for (const std::string& note : opened.run.setup().data->notes) noting(note);
  if (!opened.stopped && !opened.remark.empty()) noting(opened.remark);
  window_ = std::make_unique<Window>(WindowOptions{});
  const std::shared_ptr<Past> past = opened.run.past();
  app_ = std::make_unique<App>(*window_, std::move(opened.run));
  if (opened.replay) app_->verify(name, past, std::move(opened.replay));
  if (opened.stopped)
    app_->open(name);
  else if (!opened.remark.empty())
    app_->context().notices().say(opened.remark, Notices::Tone::warn);
  app_->keep_sessions(state_folder());
  if (is_lesson) app_->open(scene);
}

Program::~Program() = default;

void Program::run() { window_->run(*app_); }

void run_program(const std::string& scene, const std::function<void(const std::string&)>& noting) {
  const ClosingSignals signals;  // outlives the window: what they interrupt is kept first
  put_the_window_first();
  Program(scene, noting).run();
}

void run_lesson(const Lesson& lesson) {
  const ClosingSignals signals;
  put_the_window_first();
  OpenedScene beneath = open_scene(or_first({}));
  Window window(WindowOptions{});
  App app(window, std::move(beneath.run));
  app.keep_sessions(state_folder());
  const Lesson* built_in = find_lesson(lesson.id);
  if (built_in != nullptr && built_in->file == lesson.file)
    app.open_lesson(lesson);
  else
    app.open(lesson.file);
  window.run(app);
}

namespace {

// Slow figures are worked out beside the window, some of them level by level: a picture has them whole.
void finish_figures(Window& window, App& app) {
  for (int quiet = 0; quiet < 4; ++quiet) {  // the first frames ask for them, and a level for the next
    window.render(app);
    if (!app.context().working()) continue;
    quiet = 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

}  // namespace

void take_picture(const PictureRequest& request) {
  constexpr std::size_t kLargestScriptMib = 1;
  const std::string script =
      request.script.empty() ? std::string() : read_file(request.script, kLargestScriptMib);
  OpenedScene opened = open_scene(or_first(request.scene), [&](std::int64_t step, std::int64_t last) {
    if (request.replaying) request.replaying(step, last);
    return true;
  });
  if (request.noting)
    for (const std::string& note : opened.run.setup().data->notes) request.noting(note);
  ScreenshotOptions options;
  options.width = request.width;
  options.height = request.height;
  options.scale = request.scale;
  options.theme = paint::theme_from_name(request.theme);
  const paint::Image picture = take_screenshot(options, [&](Window& window) {
    auto app = std::make_unique<App>(window, std::move(opened.run));
    if (request.steps > 0) app->engine().step(request.steps);
    app->engine().wait_until_idle();
    if (!script.empty()) {
      for (int frame = 0; frame < 3; ++frame) window.render(*app);
      run_script(script, request.script, window, *app, request.recording);
    }
    finish_figures(window, *app);
    return app;
  });
  write_png(picture, request.output);
}

}  // namespace iem::gui
