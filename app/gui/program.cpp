#include "app/gui/program.h"

#include <memory>
#include <sstream>
#include <vector>

#include "app/gui/app.h"
#include "app/gui/closing_signals.h"
#include "app/gui/screenshot.h"
#include "core/base/error.h"
#include "core/data/table_reader.h"
#include "core/scene/scene.h"

namespace iem::gui {
namespace {

std::string or_first(const std::string& scene) { return scene.empty() ? builtin_scenes().front() : scene; }

// One line of a script.
class Script {
 public:
  Script(const std::string& file, Window& window, App& app) : file_(file), window_(window), app_(app) {}

  void run(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      ++line_;
      std::istringstream words(line);
      std::string verb;
      if (!(words >> verb) || verb[0] == '#') continue;
      std::string rest;
      std::getline(words >> std::ws, rest);
      perform(verb, rest);
      app_.engine().wait_until_idle();
      window_.render(app_);
    }
  }

 private:
  [[noreturn]] void fail(const std::string& message) const { throw InputError(message, {file_, line_, 1}); }

  void perform(const std::string& verb, const std::string& rest) {
    if (verb == "action") {
      if (app_.actions().find(rest) == nullptr) fail("there is no action " + rest);
      app_.actions().run(rest);
    } else if (verb == "set") {
      Assignment assignment = parse_assignment(rest, file_);
      if (app_.desk().lab().parameters()->find(assignment.key) == nullptr)
        fail(assignment.key + ": unknown key");
      app_.desk().set(assignment.key, std::move(assignment.value));
    } else if (verb == "pin") {
      pin(rest);
    } else if (verb == "hover") {
      hover(rest);
    } else if (verb == "steps") {
      app_.engine().step(number(rest));
    } else {
      fail("unknown word " + verb + ": action, set, pin, hover and steps are known");
    }
  }

  int number(const std::string& text) const {
    std::istringstream in(text);
    int value = 0;
    if (!(in >> value)) fail(text + " is not a whole number");
    return value;
  }

  void pin(const std::string& rest) {
    constexpr std::string_view kPrototype = "prototype ";
    if (!rest.starts_with(kPrototype)) return app_.desk().view().pin_point(number(rest));
    const int prototype = number(rest.substr(kPrototype.size()));
    if (prototype < 1) fail("prototypes are counted from 1");
    app_.desk().view().pinned = {ElementId::Kind::prototype, prototype - 1};
    app_.desk().view().touch();
  }

  void hover(const std::string& rest) {
    std::istringstream in(rest);
    float x = 0, y = 0;
    if (!(in >> x >> y)) fail("hover needs two numbers");
    ImGui::GetIO().AddMousePosEvent(x, y);
    for (int frame = 0; frame < 40; ++frame) window_.render(app_);  // tooltips wait a little
  }

  std::string file_;
  int line_ = 0;
  Window& window_;
  App& app_;
};

}  // namespace

void run_program(const std::string& scene) {
  const ClosingSignals signals;  // outlives the window: what they interrupt is kept first
  OpenedScene opened = open_scene(or_first(scene));
  Window window(WindowOptions{});
  App app(window, std::move(opened.run));
  if (!opened.remark.empty()) app.desk().notices().say(opened.remark, Notices::Tone::warn);
  app.keep_sessions(state_folder());
  window.run(app);
}

void take_picture(const PictureRequest& request) {
  OpenedScene opened = open_scene(or_first(request.scene));
  const std::string script = request.script.empty() ? std::string() : read_file(request.script);
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
      Script(request.script, window, *app).run(script);
    }
    return app;
  });
  write_png(picture, request.output);
}

}  // namespace iem::gui
