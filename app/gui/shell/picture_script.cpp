#include "app/gui/shell/picture_script.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <sstream>
#include <vector>

#include "app/gui/context/run_work.h"
#include "core/base/error.h"
#include "core/base/read_number.h"
#include "core/base/utf8.h"
#include "core/config/assignment.h"
#include "core/labs/kit/lab.h"
#include "core/run/scene.h"
#include "core/session/session_file.h"

namespace iem::gui {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

template <class T>
bool reads_as(std::string_view text, T& number) {
  const auto result = read_number(text.data(), text.data() + text.size(), number);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

// Draws until what was done is on the screen: what is worked out elsewhere changes the runs when it comes.
void catch_up(Window& window, App& app) {
  do {
    app.engine().wait_until_idle();
    window.render(app);
  } while (app.context().run_work->working() || app.lessons().working());
  app.engine().wait_until_idle();
  window.render(app);
}

// The recordings of a script, one after the other.
class Camera {
 public:
  Camera(Window& window, App& app, const RecordingRequest& request)
      : window_(window),
        app_(app),
        request_(request) {}

  void begin(const std::string& path) {
    recordings_.emplace_back(path, request_);
    take();
  }
  bool on() const { return !recordings_.empty(); }
  void take() {
    if (!on()) return;
    for (int frame = 0; frame < kMostFrames && app_.restless(); ++frame) window_.render(app_);
    recordings_.back().add(window_.read_pixels());
  }
  void finish() {
    const std::string title = app_.context().snapshot().setup->scene.title;
    for (Recording& recording : recordings_) recording.finish(title);
  }

 private:
  static constexpr int kMostFrames = 200;  // for figures that take their time
  Window& window_;
  App& app_;
  const RecordingRequest& request_;
  std::vector<Recording> recordings_;
};

// One line; what is wrong with it is thrown without its place.
class Line {
 public:
  Line(std::string_view verb, std::string_view rest, Window& window, App& app, Camera& camera)
      : verb_(verb),
        rest_(rest),
        window_(window),
        app_(app),
        camera_(camera) {}

  void perform() {
    if (verb_ == "action") return act();
    if (verb_ == "set") return set();
    if (verb_ == "pin") return pin();
    if (verb_ == "hover") return hover();
    if (verb_ == "steps") return steps(whole(rest_, 1, kMostSteps));
    if (verb_ == "record") return camera_.begin(std::string(rest_));
    throw InputError("must begin with action, set, pin, hover, steps or record");
  }

 private:
  static std::int64_t whole(std::string_view text, std::int64_t least, std::int64_t most) {
    std::int64_t number = 0;
    if (!reads_as(text, number) || number < least || number > most)
      throw InputError("must be a whole number from " + std::to_string(least) + " to " +
                       std::to_string(most));
    return number;
  }

  // One at a time where each is recorded, until the run cannot go on.
  void steps(std::int64_t count) {
    if (!camera_.on()) return app_.engine().step(count);
    for (std::int64_t before = -1; count > 0; --count) {
      app_.engine().step(1);
      catch_up(window_, app_);
      const std::int64_t now = app_.context().snapshot().state.step;
      if (now == before) return;
      before = now;
      if (count > 1) camera_.take();  // the last one is taken after the line
    }
  }

  void act() {
    const std::string id(rest_);
    if (app_.actions().find(id) == nullptr) {
      std::vector<std::string> ids;
      for (const Action& action : app_.actions().all()) ids.push_back(action.id);
      const std::string near = nearest_word(id, ids);
      throw InputError("there is no such action" + (near.empty() ? "" : "; did you mean " + near + "?"));
    }
    if (const std::string reason = app_.actions().disabled(id); !reason.empty()) throw InputError(reason);
    app_.actions().run(id);
  }

  void set() {
    PanelContext& context = app_.context();
    Assignment assignment = parse_assignment(std::string(rest_), "");
    Config wanted = context.shown_config();
    wanted.set(assignment.key, assignment.value);  // unknown, or not allowed
    context.set(assignment.key, std::move(assignment.value));
    app_.engine().wait_until_idle();
    const bool in_view = wanted.table().find(assignment.key)->effect == Effect::view;
    const Config& now = in_view ? context.view().config : app_.engine().snapshot()->config();
    if (now.value(assignment.key) == wanted.value(assignment.key)) return;
    std::string why;
    for (const std::string& notice : app_.engine().take_notices()) why = notice;
    throw InputError(why.empty() ? "was refused" : why);
  }

  void pin() {
    constexpr std::string_view kPrototype = "prototype ";
    PanelContext& context = app_.context();
    const Snapshot& snapshot = context.snapshot();
    if (!rest_.starts_with(kPrototype)) {
      if (context.view().config.table().find("view.pinned") == nullptr)
        throw InputError("this lab has no points that could be pinned");
      return context.view().pin_point(static_cast<int>(whole(rest_, -1, snapshot.data().size() - 1)));
    }
    constexpr std::int64_t kMany = 1'000'000;
    const auto index = static_cast<int>(whole(trimmed(rest_.substr(kPrototype.size())), 1, kMany)) - 1;
    const ElementId prototype{ElementId::Kind::prototype, index};
    if (lab_of(*snapshot.setup).inspect(snapshot, prototype, 0).title.empty())
      throw InputError("there is no such prototype");
    context.view().pinned = prototype;
    context.view().touch();
  }

  void hover() {
    const std::size_t gap = std::min(rest_.find_first_of(" \t"), rest_.size());
    const std::string_view first = rest_.substr(0, gap), second = trimmed(rest_.substr(gap));
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    double x = 0, y = 0;
    if (!reads_as(first, x) || !reads_as(second, y) || !(x >= 0 && x < size.x && y >= 0 && y < size.y))
      throw InputError("must be two numbers within the picture, 0 0 in its upper left corner");
    ImGui::GetIO().AddMousePosEvent(static_cast<float>(x), static_cast<float>(y));
    for (int frame = 0; frame < 40; ++frame) window_.render(app_);  // tooltips wait a little
  }

  std::string_view verb_, rest_;
  Window& window_;
  App& app_;
  Camera& camera_;
};

}  // namespace

void run_script(const std::string& text, const std::string& file, Window& window, App& app,
                const RecordingRequest& recording) {
  Camera camera(window, app, recording);
  std::istringstream lines(text.substr(text.starts_with(kUtf8Bom) ? kUtf8Bom.size() : 0));
  int number = 0;
  for (std::string whole; std::getline(lines, whole);) {
    ++number;
    const std::string_view line = trimmed(whole);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t gap = std::min(line.find_first_of(" \t"), line.size());
    try {
      const std::string_view verb = line.substr(0, gap);
      Line(verb, trimmed(line.substr(gap)), window, app, camera).perform();
      catch_up(window, app);
      if (verb != "record") camera.take();
    } catch (const InputError& error) {
      const int column = static_cast<int>(line.data() - whole.data()) + 1;
      throw InputError("\"" + printable(line) + "\": " + error.message(), {file, number, column},
                       error.kind());
    }
  }
  camera.finish();
}

}  // namespace iem::gui
