#include "core/session/session.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/hash.h"
#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/config/assignment.h"
#include "core/config/view_keys.h"
#include "core/data/table_reader.h"
#include "core/kernel/pass.h"
#include "core/run/scene.h"
#include "core/session/figure_panels.h"
#include "core/session/scene_file.h"
#include "core/session/session_file.h"
#include "core/session/state_string.h"
#include "iem_version.h"

namespace iem {
namespace {

using OrderedJson = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::int64_t kFewMarks = 64;  // hashes at regular steps
constexpr std::size_t kLargestFileMib = 64;

bool is_points(const std::string& key) { return key == "data.points" || key == "data.labels"; }

// The state hashes after each edit are those of the pinned keyframes at their steps.
std::uint64_t hash_at(const Run& run, std::int64_t step) {
  const Keyframe& frame = run.timeline().at_or_before(step);
  return frame.state.step == step ? frame.state.hash() : 0;
}

OrderedJson edits_json(const Run& run, SessionFor use) {
  OrderedJson out = OrderedJson::array();
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

// Hashes at regular steps, by which a replay can say where it first differed.
OrderedJson marks_json(const Run& run) {
  const auto& frames = run.timeline().frames();
  const std::int64_t last = run.state().step, spacing = std::max<std::int64_t>(1, last / kFewMarks);
  OrderedJson out = OrderedJson::array();
  std::int64_t next = spacing;
  for (const auto& [step, frame] : frames) {
    if (step < next || step > last || frame->pinned) continue;
    out.push_back({{"step", step}, {"hash", hex(frame->state.hash())}});
    next = step + spacing;
  }
  return out;
}

// The scene as opened, with the present view keys of the window.
Scene with_view(Scene scene, const Config& view) {
  take_view_keys(scene.config, view);
  return scene;
}

bool reads_relative_path(const Config& config) {
  if (!config.table().find("data.path")) return false;
  const std::string& path = config.text("data.path");
  return !path.empty() && !path.starts_with("builtin:") && fs::path(path).is_relative();
}

// Empty when it is below a working folder that is gone: data beside the session will still be found.
std::string whole_path(const std::string& folder) {
  if (fs::path(folder).is_absolute()) return folder;
  std::error_code gone;
  const fs::path here = fs::current_path(gone);
  return gone ? "" : (here / folder).string();
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
  Replay(Run run, const SessionFile& saved, const std::string& file, const ReplayWatch& watch,
         std::size_t most_data)
      : loaded_{std::move(run), "", false, {}},
        saved_(saved),
        file_(file),
        watch_(watch),
        most_data_(most_data),
        last_(saved.edits.empty() ? saved.step : std::max(saved.step, saved.edits.back().step)) {}

  LoadedSession play() {
    loaded_.stopped = !play_edits() || !pass_marks(saved_.step) || !compare(saved_.step, saved_.hash);
    if (!loaded_.stopped && hex(loaded_.run.setup().data->hash) != saved_.data_hash)
      loaded_.parted = "the data is other than when " + printable(saved_.program) + " (" +
                       printable(saved_.isa) + ") saved it";
    return std::move(loaded_);
  }

 private:
  std::int64_t here() const { return loaded_.run.state().step; }

  // These return false when the watch ends the replay.
  bool play_edits() {
    // Of several edits at one step only the last one's hash is known: compare when the step is left.
    std::string expected = hex(0);
    for (std::size_t i = 0; i < saved_.edits.size(); ++i) {
      const SessionFile::Edit& edit = saved_.edits[i];
      if (edit.step > here() && !compare(here(), expected)) return false;
      if (!pass_marks(edit.step) || !reach(edit.step)) return false;
      apply(edit, i);
      expected = edit.hash;
      const bool stays = i + 1 == saved_.edits.size() || saved_.edits[i + 1].step > edit.step;
      if (stays) keep_data();
    }
    return saved_.edits.empty() || compare(here(), expected);
  }

  bool pass_marks(std::int64_t step) {
    for (; mark_ < saved_.marks.size() && saved_.marks[mark_].step < step; ++mark_)
      if (!compare(saved_.marks[mark_].step, saved_.marks[mark_].hash)) return false;
    return true;
  }

  bool reach(std::int64_t step) {
    if (step < here()) loaded_.run.seek(step);  // edits may have been made later on
    while (true) {
      if (watch_ && !watch_(here(), last_)) return false;
      if (here() >= step || loaded_.run.step() == StepResult::non_finite) return true;
    }
  }

  bool compare(std::int64_t step, const std::string& hash) {
    if (!reach(step)) return false;
    if (!loaded_.parted.empty() || hash == hex(0)) return true;
    if (here() == step && hex(loaded_.run.state().hash()) == hash) return true;
    loaded_.parted = "at step " + std::to_string(step) + " the state is another one than when " +
                     printable(saved_.program) + " (" + printable(saved_.isa) + ") saved it";
    return true;
  }

  // Counts the data that the run keeps for every edit, in order to go back there: a short text could ask for
  // any amount.
  void keep_data() {
    const std::shared_ptr<const Dataset>& data = loaded_.run.setup().data;
    if (data == kept_) return;
    kept_ = data;
    kept_bytes_ += static_cast<std::size_t>(data->points.size() + data->targets.size()) * sizeof(double) +
                   static_cast<std::size_t>(data->labels.size()) * sizeof(int);
    if (kept_bytes_ > most_data_)
      throw InputError("its edits ask for more than " + std::to_string(most_data_ >> 20) +
                           " MiB of points, at step " + std::to_string(here()),
                       {file_});
  }

  void apply(const SessionFile::Edit& edit, std::size_t index) {
    try {
      const Assignment assignment = parse_assignment(edit.key + "=" + edit.value, "");
      if (assignment.key != edit.key) throw InputError("\"" + printable(edit.key) + "\" is no key");
      loaded_.run.apply({edit.key, assignment.value});
    } catch (const InputError& error) {
      // The place of the error is kept only if it has a line, which means a table of points: a place in the
      // embedded scene cannot be looked up.
      throw InputError("edits[" + std::to_string(index) + "], at step " + std::to_string(edit.step) + ": " +
                           (error.at().line > 0 ? error.what() : error.message()),
                       {file_}, error.kind());
    }
  }

  LoadedSession loaded_;
  const SessionFile& saved_;
  const std::string& file_;
  const ReplayWatch& watch_;
  std::size_t most_data_;  // bytes
  std::int64_t last_;      // the furthest step
  std::shared_ptr<const Dataset> kept_;
  std::size_t kept_bytes_ = 0;
  std::size_t mark_ = 0;  // the next one to be passed
};

// The embedded scene at its first step. An error in it has no line in the outer file.
Run first_step(const SessionFile& saved, const std::string& file, std::shared_ptr<ThreadPool> pool) {
  const std::string inside = file + ": in the embedded scene";
  std::optional<Scene> scene;
  try {
    scene = parse_kept_scene(saved.scene, "");
  } catch (const InputError& error) {
    const SourcePosition& at = error.at();
    const std::string place =
        at.line > 0 ? ", line " + std::to_string(at.line) + ", column " + std::to_string(at.column) : "";
    throw InputError(error.message(), {inside + place}, error.kind());
  }
  scene->config.forget_places(inside);
  scene->name = saved.name;
  scene->folder = data_folder(*scene, saved.folder, file);
  return Run(std::move(*scene), std::move(pool));
}

LoadedSession loaded(std::string_view text, const std::string& file, bool whole,
                     std::shared_ptr<ThreadPool> pool, const ReplayWatch& watch,
                     std::size_t most_data = kMostReplayedData) {
  const SessionFile saved = read_session_file(text, file, whole);
  LessonRecord lesson = read_lesson_record(saved.lesson, file + ": in what it says of a lesson");
  LoadedSession out = Replay(first_step(saved, file, std::move(pool)), saved, file, watch, most_data).play();
  out.lesson = std::move(lesson);
  return out;
}

std::string extension_of(const std::string& name) { return lower_case(fs::path(name).extension().string()); }

// The panel that is meant among so many.
std::size_t chosen_panel(const PanelName& name, std::size_t panels) {
  if (name.letter.empty()) return 0;
  const std::size_t index = panel_of_letter(name.letter).value_or(panels);
  if (index < panels) return index;
  const std::string last = panel_letter(panels - 1);
  throw InputError("it has no panel " + name.letter + ": " +
                       (panels == 1 ? "there is one alone" : "its panels are a to " + last),
                   {name.file, 0, 0});
}

std::string short_name(const std::string& state_string) { return printable(state_string, 16); }

}  // namespace

std::string save_session(const Run& run, const Config& view, SessionFor wanted, const LessonRecord& lesson) {
  const SessionFor use = wanted == SessionFor::kept ? SessionFor::file : wanted;
  Scene scene = with_view(run.origin(), view);
  const std::string folder =
      use == SessionFor::file && reads_relative_path(scene.config) ? whole_path(scene.folder) : "";
  const bool leave_points = use == SessionFor::short_state_string;
  if (leave_points)
    for (const char* key : {"data.points", "data.labels"}) scene.config.reset(key);
  OrderedJson json = {{"format", 1},
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
  if (!lesson.lesson.empty()) json["lesson"] = write_lesson_record(lesson);
  if (leave_points) json["left_out"] = std::to_string(run.setup().data->size()) + " points";
  // File names need not be UTF-8, which JSON must be.
  constexpr auto kReplace = OrderedJson::error_handler_t::replace;
  return use == SessionFor::file ? json.dump(1, ' ', false, kReplace) + "\n"
                                 : json.dump(-1, ' ', false, kReplace);
}

LoadedSession load_session(std::string_view text, const std::string& file, std::shared_ptr<ThreadPool> pool,
                           const ReplayWatch& watch, std::size_t most_data) {
  return loaded(text, file, true, std::move(pool), watch, most_data);
}

bool is_replay(const std::string& name) {
  if (is_state_string(name)) return true;
  const std::string extension = extension_of(panel_name(name).file);
  return extension == ".iemlab" || may_carry_state(extension);
}

LoadedSession load_replay(const std::string& name, std::shared_ptr<ThreadPool> pool,
                          const ReplayWatch& watch) {
  if (is_state_string(name)) {
    const std::string label = short_name(name);
    return loaded(read_state_string(name, label), label, false, std::move(pool), watch);
  }
  const PanelName chosen = panel_name(name);
  const std::string bytes = read_file(chosen.file, kLargestFileMib);
  if (extension_of(name) == ".iemlab") return loaded(bytes, name, true, std::move(pool), watch);
  const std::vector<std::string> states = find_state_strings(bytes);
  if (states.empty()) throw InputError("there is no state string in this file", {chosen.file, 0, 0});
  const std::string state = states[chosen_panel(chosen, states.size())];
  if (state.empty()) throw InputError("the run of this panel was too long for a state string", {name, 0, 0});
  LoadedSession out = loaded(read_state_string(state, name), name, false, std::move(pool), watch);
  if (states.size() > 1 && chosen.letter.empty())
    out.note = chosen.file + ": its panel a is opened; " + chosen.file + "#b" +
               (states.size() > 2 ? " to #" + panel_letter(states.size() - 1) : "") + " names another";
  return out;
}

std::string scene_beside(const std::string& file, const std::string& name) {
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  const bool is_file = name.find('/') != std::string::npos || name.find('.') != std::string::npos;
  if (!is_file || folder.empty() || std::filesystem::path(name).is_absolute()) return name;
  return (folder / name).string();
}

}  // namespace iem
