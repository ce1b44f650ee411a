#include "core/lesson/moment_of_run.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "core/session/scene_file.h"
#include "core/session/state_string.h"

namespace iem {
namespace {

namespace fs = std::filesystem;

// Beyond these a state string is the better line to read, and the better thing to wait for.
constexpr std::size_t kLongestSet = 1200;  // bytes
constexpr std::int64_t kMostShownSteps = 240;
constexpr double kLongestPlay_s = 4, kFastestPlay = 60;

// What follows from the window's size and from what else a moment says.
constexpr std::array<std::string_view, 7> kNotOfAMoment = {
    "view.x", "view.y", "view.probe", "view.phase", "view.show", "view.controls", "view.lock"};

bool is_view(const Parameter& parameter) { return parameter.effect == Effect::view; }

std::string name_of(const WindowElement& element) {
  if (element.kind == WindowElement::Kind::element) return name_of_element(element.element);
  if (element.kind == WindowElement::Kind::formula) return "formula " + element.name;
  return element.name;
}

std::vector<LessonName> names_of(const std::vector<WindowElement>& elements) {
  std::vector<LessonName> out;
  for (const WindowElement& element : elements) out.push_back({name_of(element), {}});
  return out;
}

void put(std::vector<LessonSetting>& set, const std::string& key, const Value& value) {
  std::erase_if(set, [&](const LessonSetting& setting) { return setting.key == key; });
  set.push_back({key, value, {}});
}

// How a lesson in `file` calls the scene that a run was opened from; empty where it cannot.
std::string scene_name(const Scene& scene, const std::string& file) {
  const std::vector<std::string> builtin = builtin_scenes();
  if (std::ranges::find(builtin, scene.name) != builtin.end()) return scene.name;
  std::error_code error;
  const fs::path path = fs::path(scene.folder) / (scene.name + ".toml");
  if (scene.folder.empty() || !fs::is_regular_file(path, error)) return {};
  const fs::path from = fs::absolute(file, error).parent_path();
  const fs::path near =
      fs::absolute(path, error).lexically_normal().lexically_relative(from.lexically_normal());
  return near.empty() || near.begin()->string() == ".." ? std::string() : near.string();
}

// The settings of the runs beside it, without futures that were left behind.
std::vector<std::vector<LessonSetting>> beside(const Scene& scene) {
  std::vector<std::vector<LessonSetting>> out;
  for (const RunSpec& spec : scene.compare) {
    if (spec.is_future()) continue;
    std::vector<LessonSetting>& settings = out.emplace_back();
    for (const Edit& setting : spec.settings) put(settings, setting.key, setting.value);
    std::ranges::sort(settings, {}, &LessonSetting::key);
  }
  return out;
}

bool has_same_beside(const Scene& a, const Scene& b) {
  const auto is_same_setting = [](const LessonSetting& x, const LessonSetting& y) {
    return x.key == y.key && x.value == y.value;
  };
  return std::ranges::equal(beside(a), beside(b), [&](const auto& x, const auto& y) {
    return std::ranges::equal(x, y, is_same_setting);
  });
}

class MomentFinder {
 public:
  MomentFinder(const Run& run, const Config& view, bool shows_all, const std::string& file,
               const std::shared_ptr<ThreadPool>& pool, const LessonStopped& stopped)
      : run_(run),
        view_(view),
        shows_all_(shows_all),
        file_(file),
        pool_(pool),
        stopped_(stopped) {}

  // The state that the moment leads to; `moment` says which it is.
  PageState find(Moment& moment) {
    std::optional<PageState> found = in_words(moment);
    if (!found) found = as_string(moment);
    if (!found)
      throw InputError("this run cannot be written into a lesson: save it as a session beside the lesson, " +
                           std::string("and write its name as the scene of the page"),
                       {file_});
    return std::move(*found);
  }

 private:
  std::optional<PageState> played(const Moment& moment) const {
    Lesson lesson;
    lesson.file = file_;
    LessonPage& page = lesson.pages.emplace_back();
    page.moment = moment;
    try {
      PageState state = play_page(lesson, 0, pool_, nullptr, stopped_);
      if (is_same_but_for_view(state.run, run_)) return state;
    } catch (const InputError&) {  // then this is not how to say it
    }
    return std::nullopt;
  }

  // What the scene as opened says otherwise than the scene of that name; false where that is not all of a
  // start, and so counts from step 0 on.
  bool take_start(const Config& scene, std::vector<LessonSetting>& set) const {
    bool is_of_start = true;
    const Config& own = run_.origin().config;
    for (const Parameter& key : own.table().all()) {
      if (is_view(key) || own.value(key.key) == scene.value(key.key)) continue;
      is_of_start = is_of_start && key.effect == Effect::start && key.state.empty();
      put(set, key.key, own.value(key.key));
    }
    return is_of_start;
  }

  // The edits made so far, the last of each key; nothing where they were made at several steps.
  std::optional<std::int64_t> take_edits(const Config& scene, std::vector<LessonSetting>& set) const {
    std::optional<std::int64_t> at;
    std::int64_t first = run_.state().step;
    for (const Edit& edit : run_.edits()) {
      const Parameter* key = scene.table().find(edit.key);
      if (edit.step > run_.state().step || (key != nullptr && is_view(*key))) continue;
      if (at && *at != edit.step) return std::nullopt;
      at = first = edit.step;
      put(set, edit.key, edit.value);
    }
    std::erase_if(set, [&](const LessonSetting& setting) {  // set, and set back
      return scene.table().find(setting.key) != nullptr && scene.value(setting.key) == setting.value;
    });
    return set.empty() ? run_.state().step : first;
  }

  void take_view(const Config& scene, std::vector<LessonSetting>& set) const {
    for (const Parameter& key : scene.table().all()) {
      if (!is_view(key) || view_.value(key.key) == scene.value(key.key)) continue;
      if (std::ranges::find(kNotOfAMoment, key.key) != kNotOfAMoment.end()) continue;
      if (key.key == "view.plots" && !shows_all_) continue;
      if (run_.setup().config().unavailable_reason(key.key).empty()) put(set, key.key, view_.value(key.key));
    }
  }

  static bool is_short(const std::vector<LessonSetting>& set) {
    std::size_t bytes = 0;
    for (const LessonSetting& setting : set) bytes += setting.key.size() + to_toml(setting.value).size();
    return bytes <= kLongestSet;
  }

  std::optional<Scene> scene_called(const std::string& name) const {
    if (name.empty()) return std::nullopt;
    try {
      const bool is_file = name.ends_with(".toml");
      Scene scene = load_scene(is_file ? (fs::path(file_).parent_path() / name).string() : name);
      if (scene.config.lab() == run_.origin().config.lab() && has_same_beside(scene, run_.origin()))
        return scene;
    } catch (const InputError&) {  // it is no more
    }
    return std::nullopt;
  }

  std::optional<PageState> in_words(Moment& moment) const {
    const std::string name = scene_name(run_.origin(), file_);
    const std::optional<Scene> found = scene_called(name);
    if (!found) return std::nullopt;
    const Config& scene = found->config;
    std::vector<LessonSetting> set;
    const bool from_any_step = take_start(scene, set);
    const std::size_t begins = set.size();
    std::optional<std::int64_t> at = take_edits(scene, set);
    const std::int64_t now = run_.state().step;
    if (!from_any_step && (!at || (*at != 0 && set.size() > begins))) return std::nullopt;
    if (!from_any_step) at = 0;
    if (!at || now - *at > kMostShownSteps) return std::nullopt;
    take_view(scene, set);
    if (!is_short(set)) return std::nullopt;
    Moment out;
    out.scene = {name, {}};
    if (*at > 0) out.step = *at;
    out.set = std::move(set);
    out.play = now - *at;
    out.speed = std::clamp(static_cast<double>(out.play) / kLongestPlay_s, out.speed, kFastestPlay);
    std::optional<PageState> state = played(out);
    if (state) moment = std::move(out);
    return state;
  }

  std::optional<PageState> as_string(Moment& moment) const {
    Moment out;
    out.scene = {write_state_string(run_, view_), {}};
    if (out.scene->name.empty()) return std::nullopt;
    std::optional<PageState> state = played(out);
    if (state) moment = std::move(out);
    return state;
  }

  const Run& run_;
  const Config& view_;
  bool shows_all_;  // else the figures that are named stand in the column
  const std::string& file_;
  const std::shared_ptr<ThreadPool>& pool_;
  const LessonStopped& stopped_;
};

}  // namespace

bool is_same_but_for_view(const Run& a, const Run& b) {
  const Config &of_a = a.setup().config(), &of_b = b.setup().config();
  if (a.state().step != b.state().step || a.state().hash() != b.state().hash() ||
      a.setup().data->hash != b.setup().data->hash || of_a.lab() != of_b.lab())
    return false;
  return std::ranges::all_of(of_a.table().all(), [&](const Parameter& key) {
    return is_view(key) || of_a.value(key.key) == of_b.value(key.key);
  });
}

Moment moment_of_run(const Run& run, const Config& view, const Arrangement& arrangement,
                     const std::string& file, const std::shared_ptr<ThreadPool>& pool,
                     const LessonStopped& stopped) {
  Moment out;
  const Arrangement scene =
      MomentFinder(run, view, arrangement.shows_all, file, pool, stopped).find(out).arrangement;
  if (!arrangement.shows_all && (scene.shows_all || scene.show != arrangement.show))
    out.show = names_of(arrangement.show);
  if (!arrangement.has_all_controls && (scene.has_all_controls || scene.controls != arrangement.controls))
    out.controls = names_of(arrangement.controls);
  if (arrangement.lock != scene.lock) out.lock = arrangement.lock;
  return out;
}

}  // namespace iem
