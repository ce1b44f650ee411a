#include "core/scene/session.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/hash.h"
#include "core/data/table_reader.h"
#include "core/kernel/pass.h"
#include "core/scene/scene.h"
#include "core/scene/state_string.h"
#include "iem_version.h"

namespace iem {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::int64_t kMostMarks = 64;  // hashes at regular steps
constexpr std::uintmax_t kLargestFile = std::uintmax_t{64} << 20;

bool is_points(const std::string& key) { return key == "data.points" || key == "data.labels"; }

// The state hashes after each edit are those of the pinned keyframes at their steps.
std::uint64_t hash_at(const Run& run, std::int64_t step) {
  const Keyframe& frame = run.timeline().at_or_before(step);
  return frame.state.step == step ? frame.state.hash() : 0;
}

Json edits_json(const Run& run, SessionFor use) {
  Json out = Json::array();
  for (const Edit& edit : run.edits()) {
    if (use != SessionFor::kept && edit.step > run.state().step) continue;
    if (use == SessionFor::short_state_string && is_points(edit.key)) continue;
    out.push_back({{"step", edit.step},
                   {"key", edit.key},
                   {"value", to_toml(edit.value)},
                   {"hash", hex(hash_at(run, edit.step))}});
  }
  return out;
}

// Hashes at regular steps, so that a replay can say where it parted.
Json marks_json(const Run& run) {
  const auto& frames = run.timeline().frames();
  const std::int64_t last = run.state().step, spacing = std::max<std::int64_t>(1, last / kMostMarks);
  Json out = Json::array();
  std::int64_t next = spacing;
  for (const auto& [step, frame] : frames) {
    if (step < next || step > last || frame->pinned) continue;
    out.push_back({{"step", step}, {"hash", hex(frame->state.hash())}});
    next = step + spacing;
  }
  return out;
}

// The scene as opened, showing what the window shows now.
Scene with_view(Scene scene, const Config& view) {
  for (const Parameter& parameter : scene.config.table().all()) {
    if (parameter.effect != Effect::view) continue;
    if (view.is_set(parameter.key)) {
      scene.config.set(parameter.key, view.value(parameter.key));
    } else {
      scene.config.reset(parameter.key);
    }
  }
  return scene;
}

bool reads_relative_path(const Config& config) {
  if (!config.table().find("data.path")) return false;
  const std::string& path = config.text("data.path");
  return !path.empty() && !path.starts_with("builtin:") && fs::path(path).is_relative();
}

// Where the data lies: the folder of the saved scene, or, when session and data moved together, the session's
// own.
std::string data_folder(const Scene& scene, const std::string& saved, const std::string& file) {
  if (!reads_relative_path(scene.config)) return saved;
  const fs::path own = fs::path(file).parent_path(), path = scene.config.text("data.path");
  std::error_code ignored;
  return !saved.empty() && fs::exists(saved / path, ignored) ? saved : own.string();
}

// Replays edits and marks in the order of their steps, comparing hashes.
class Replay {
 public:
  Replay(Run run, const Json& json, const std::string& file)
      : loaded_{std::move(run), ""},
        json_(json),
        file_(file) {}

  LoadedSession play() {
    const Json marks = json_.value("marks", Json::array());
    auto mark = marks.begin();
    const auto pass_marks = [&](std::int64_t step) {
      for (; mark != marks.end() && mark->at("step").get<std::int64_t>() < step; ++mark)
        compare(mark->at("step").get<std::int64_t>(), mark->at("hash").get<std::string>());
    };
    // Of several edits at one step only the last one's hash is known: compare when the step is left.
    std::string expected = hex(0);
    for (const Json& edit : json_.at("edits")) {
      const auto step = edit.at("step").get<std::int64_t>();
      if (step < loaded_.run.state().step)
        throw InputError("not a session: the edits are not in order", {file_, 0, 0});
      if (step > loaded_.run.state().step) compare(loaded_.run.state().step, expected);
      pass_marks(step);
      loaded_.run.seek(step);
      const std::string key = edit.at("key").get<std::string>();
      loaded_.run.apply(
          {key, parse_assignment(key + "=" + edit.at("value").get<std::string>(), file_).value});
      expected = edit.at("hash").get<std::string>();
    }
    const auto last = json_.at("step").get<std::int64_t>();
    pass_marks(last);
    compare(last, text("hash"));
    if (hex(loaded_.run.setup().data->hash) != text("data_hash"))
      loaded_.parted = "the data is not what it was when the session was saved";
    return std::move(loaded_);
  }

 private:
  std::string text(const char* key) const { return json_.at(key).get<std::string>(); }

  void compare(std::int64_t step, const std::string& hash) {
    loaded_.run.seek(step);
    if (!loaded_.parted.empty() || hash == hex(0)) return;
    if (loaded_.run.state().step == step && hex(loaded_.run.state().hash()) == hash) return;
    loaded_.parted = "at step " + std::to_string(step) + " the state is another one than when " +
                     text("program") + " (" + text("isa") + ") saved it";
  }

  LoadedSession loaded_;
  const Json& json_;
  const std::string& file_;
};

std::string extension_of(const std::string& name) { return fs::path(name).extension().string(); }

std::string short_name(const std::string& state_string) { return state_string.substr(0, 16) + "..."; }

}  // namespace

std::string save_session(const Run& run, const Config& view, SessionFor wanted) {
  const SessionFor use = wanted == SessionFor::kept ? SessionFor::file : wanted;
  Scene scene = with_view(run.origin(), view);
  std::string folder;
  if (use == SessionFor::file && reads_relative_path(scene.config))
    folder = (fs::current_path() / scene.folder).string();
  const bool leave_points = use == SessionFor::short_state_string;
  if (leave_points)
    for (const char* key : {"data.points", "data.labels"}) scene.config.reset(key);
  Json json = {{"format", 1},
               {"program", "iemlab " + std::string(kVersion)},
               {"isa", kernel::isa_name(kernel::active_isa())},
               {"lab", scene.config.lab()},
               {"name", scene.name},
               {"folder", folder},
               {"scene", write_scene(scene)},
               {"data_hash", hex(run.setup().data->hash)},
               {"step", run.state().step},
               {"hash", hex(run.state().hash())},
               {"edits", edits_json(run, wanted)}};
  if (use == SessionFor::file) json["marks"] = marks_json(run);
  if (leave_points) json["left_out"] = std::to_string(run.setup().data->size()) + " points";
  // File names need not be UTF-8, which JSON must be.
  constexpr auto kReplace = Json::error_handler_t::replace;
  return use == SessionFor::file ? json.dump(1, ' ', false, kReplace) + "\n"
                                 : json.dump(-1, ' ', false, kReplace);
}

LoadedSession load_session(std::string_view text, const std::string& file, std::shared_ptr<ThreadPool> pool) {
  const auto fail = [&](const std::string& why) { return InputError("not a session: " + why, {file, 0, 0}); };
  try {
    const Json json = Json::parse(text);
    if (json.at("format").get<int>() != 1) throw fail("format must be 1");
    if (json.contains("left_out"))
      throw InputError(
          "its " + json["left_out"].get<std::string>() +
              " were left out, because a state string stays under 64 KiB; open the saved session instead",
          {file, 0, 0});
    Scene scene = parse_scene(json.at("scene").get<std::string>(), file);
    scene.name = json.at("name").get<std::string>();
    scene.folder = data_folder(scene, json.at("folder").get<std::string>(), file);
    return Replay(Run(std::move(scene), std::move(pool)), json, file).play();
  } catch (const Json::exception& error) {
    throw fail(error.what());
  }
}

bool is_replay(const std::string& name) {
  if (is_state_string(name)) return true;
  const std::string extension = extension_of(name);
  return extension == ".iemlab" || extension == ".svg" || extension == ".pdf" || extension == ".png";
}

LoadedSession load_replay(const std::string& name, std::shared_ptr<ThreadPool> pool) {
  if (is_state_string(name))
    return load_session(read_state_string(name, short_name(name)), short_name(name), pool);
  std::error_code ignored;
  if (const auto size = fs::file_size(name, ignored); !ignored && size > kLargestFile)
    throw InputError("the file is larger than 64 MiB", {name, 0, 0});
  const std::string bytes = read_file(name);
  if (extension_of(name) == ".iemlab") return load_session(bytes, name, pool);
  const std::string state = find_state_string(bytes);
  if (state.empty()) throw InputError("there is no state string in this figure", {name, 0, 0});
  return load_session(read_state_string(state, name), name, pool);
}

}  // namespace iem
