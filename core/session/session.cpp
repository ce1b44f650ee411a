#include "core/session/session.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "core/base/hash.h"
#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/config/assignment.h"
#include "core/config/view_keys.h"
#include "core/data/table_reader.h"
#include "core/kernel/pass.h"
#include "core/run/scene.h"
#include "core/session/checkpoint.h"
#include "core/session/figure_panels.h"
#include "core/session/scene_file.h"
#include "core/session/session_file.h"
#include "core/session/state_string.h"
#include "iem_version.h"

namespace iem {
namespace {

using OrderedJson = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::size_t kLargestSessionMib = 64;

// Throws InputError.
Edit parsed(const SessionFile::Edit& edit) {
  const Assignment assignment = parse_assignment(edit.key + "=" + edit.value, "");
  if (assignment.key != edit.key) throw InputError("\"" + printable(edit.key) + "\" is no key");
  return {edit.key, assignment.value, edit.step};
}

// Where the data lies: the folder of the saved scene, or, when session and data moved together, the session's
// own. A figure knows no other and is often written into a folder of figures: its data is then looked for
// where the program works, so that it opens again beside its data.
std::string data_folder(const Scene& scene, const std::string& saved, const std::string& file,
                        const std::string& inside) {
  if (!reads_relative_path(scene.config)) return saved;
  const std::string own = fs::path(file).parent_path().string(), path = scene.config.text("data.path");
  std::vector<std::string> folders = {own};
  if (!saved.empty()) folders.insert(folders.begin(), saved);
  if (!own.empty()) folders.emplace_back();
  std::string looked;
  for (const std::string& folder : folders) {
    std::error_code ignored;
    if (fs::exists(fs::path(folder) / path, ignored)) return folder;
    looked +=
        (looked.empty() ? "" : ", nor in ") + (folder.empty() ? "the working folder" : printable(folder));
  }
  if (!scene.config.unavailable_reason("data.path").empty()) return own;  // another source is in its place
  throw InputError("data.path = " + quoted_value(Value(path)) + ": there is no such file in " + looked,
                   {inside});
}

// Counts the data that a run keeps for every edit, in order to go back there: a short text could ask for any
// amount.
class EditedData {
 public:
  EditedData(const std::string& file, std::size_t most) : file_(file), most_(most) {}

  void count(const std::shared_ptr<const Dataset>& data, std::int64_t step) {
    if (data == kept_) return;
    kept_ = data;
    bytes_ += static_cast<std::size_t>(data->points.size() + data->targets.size()) * sizeof(double) +
              static_cast<std::size_t>(data->labels.size()) * sizeof(int);
    if (bytes_ > most_)
      throw InputError("its edits ask for more than " + std::to_string(most_ >> 20) +
                           " MiB of points, at step " + std::to_string(step),
                       {file_});
  }

 private:
  const std::string& file_;
  std::size_t most_, bytes_ = 0;
  std::shared_ptr<const Dataset> kept_;
};

// Replays edits and marks in the order of their steps, comparing hashes.
class Replay {
 public:
  Replay(Run run, const SessionFile& saved, const std::string& file, const ReplayWatch& watch,
         std::size_t most_data)
      : loaded_{std::move(run), "", false, {}},
        saved_(saved),
        file_(file),
        watch_(watch),
        data_(file, most_data),
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
      if (stays) data_.count(loaded_.run.setup().data, here());
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

  void apply(const SessionFile::Edit& edit, std::size_t index) {
    try {
      loaded_.run.apply(parsed(edit));
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
  EditedData data_;
  std::int64_t last_;     // the furthest step
  std::size_t mark_ = 0;  // the next one to be passed
};

// The embedded scene. An error in it has no line in the outer file.
Scene scene_in(const SessionFile& saved, const std::string& file) {
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
  scene->folder = data_folder(*scene, saved.folder, file, inside);
  return std::move(*scene);
}

// The states of earlier steps that a session carries, without those from before its last edit; nothing where
// one is none, or stands in another place.
std::optional<std::vector<RunState>> read_before(const SessionFile& saved) {
  std::vector<RunState> out;
  const std::int64_t last_edit = saved.edits.empty() ? 0 : saved.edits.back().step;
  std::int64_t next = 0;
  for (const std::string& text : saved.checkpoint_before) {
    std::optional<RunState> state = read_checkpoint(text);
    if (!state || state->step < next || state->step >= saved.step) return {};
    next = state->step + 1;
    if (state->step >= last_edit) out.push_back(std::move(*state));
  }
  return out;
}

// The state that a session carries of its end, with the edits up to it. Nothing where there is none that
// could be shown; `why` says what is wrong with it, if anything is.
std::optional<Checkpoint> checkpoint_in(const SessionFile& saved, std::string& why) {
  const std::string& text = saved.checkpoint_state;
  if (text.empty() || (!saved.edits.empty() && saved.edits.back().step > saved.step)) return {};
  if (saved.program != program_name()) {
    why = "was written by another version of the program";
    return {};
  }
  std::optional<RunState> state;
  std::optional<std::vector<RunState>> before;
  if (checkpoint_sum(text, saved.checkpoint_before) == saved.checkpoint_sum) {
    state = read_checkpoint(text);
    before = read_before(saved);
  }
  if (!state || state->step != saved.step || hex(state->hash()) != saved.hash || !before) {
    why = "is damaged";
    return {};
  }
  Checkpoint out{std::move(*state), {}, {}, std::move(*before)};
  for (const SessionFile::Edit& edit : saved.edits) {
    out.edits.push_back(parsed(edit));
    out.hashes.insert_or_assign(edit.step, edit.hash);
  }
  for (const SessionFile::Mark& mark : saved.marks) out.hashes.insert_or_assign(mark.step, mark.hash);
  return out;
}

// The watch has ended the making of a run.
struct Stopped {};

// The run at the session's end without replaying it; nothing where it must be replayed, and where the watch
// wants no more: the replay then ends at once too.
std::optional<Run> run_at_end(const SessionFile& saved, const std::string& file,
                              std::shared_ptr<ThreadPool> pool, const ReplayWatch& watch,
                              std::size_t most_data, std::string& why) try {
  std::optional<Checkpoint> checkpoint = checkpoint_in(saved, why);
  if (!checkpoint) return {};
  Scene scene = scene_in(saved, file);
  if (!scene.compare.empty()) return {};
  EditedData edited(file, most_data);
  checkpoint->making = [&](const std::shared_ptr<const Dataset>& data) {
    if (!saved.edits.empty()) edited.count(data, saved.step);
    if (watch && !watch(0, saved.step)) throw Stopped();
  };
  Run run(std::move(scene), std::move(pool), std::move(*checkpoint));
  if (hex(run.setup().data->hash) != saved.data_hash) return {};  // the replay says so
  return run;
} catch (const Stopped&) {
  return {};
} catch (const InputError&) {
  why = "does not fit its run";
  return {};
}

// Half of the threads there are, for work that nobody waits for.
std::shared_ptr<ThreadPool> quiet_pool() {
  return std::make_shared<ThreadPool>(std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2));
}

LessonRecord lesson_in(const SessionFile& saved, const std::string& file) {
  return read_lesson_record(saved.lesson, file + ": in what it says of a lesson");
}

LoadedSession loaded(std::string_view text, const std::string& file, bool whole,
                     std::shared_ptr<ThreadPool> pool, const ReplayWatch& watch,
                     std::size_t most_data = kMostReplayedData) {
  const SessionFile saved = read_session_file(text, file, whole);
  LessonRecord lesson = lesson_in(saved, file);
  LoadedSession out =
      Replay(Run(scene_in(saved, file), std::move(pool)), saved, file, watch, most_data).play();
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

// The session that a name of load_replay stands for, as text.
struct ReplayText {
  std::string text, file;
  bool is_whole = false;  // the text is the whole file
  std::string note = {};  // LoadedSession::note
};

ReplayText replay_text(const std::string& name) {
  if (is_state_string(name)) {
    const std::string label = short_name(name);
    return {read_state_string(name, label), label};
  }
  const PanelName chosen = panel_name(name);
  std::string bytes = read_file(chosen.file, kLargestSessionMib);
  if (extension_of(name) == ".iemlab") return {std::move(bytes), name, true};
  const std::vector<std::string> states = find_state_strings(bytes);
  if (states.empty()) throw InputError("there is no state string in this file", {chosen.file, 0, 0});
  const std::string state = states[chosen_panel(chosen, states.size())];
  if (state.empty()) throw InputError("the run of this panel was too long for a state string", {name, 0, 0});
  ReplayText out{read_state_string(state, name), name};
  if (states.size() > 1 && chosen.letter.empty())
    out.note = chosen.file + ": its panel a is opened; " + chosen.file + "#b" +
               (states.size() > 2 ? " to #" + panel_letter(states.size() - 1) : "") + " names another";
  return out;
}

}  // namespace

LoadedSession load_session(std::string_view text, const std::string& file, std::shared_ptr<ThreadPool> pool,
                           const ReplayWatch& watch, std::size_t most_data) {
  return loaded(text, file, true, std::move(pool), watch, most_data);
}

LoadedSession show_session(std::string json, const std::string& file, std::shared_ptr<ThreadPool> pool,
                           const ReplayWatch& watch, std::size_t most_data) {
  const auto text = std::make_shared<const std::string>(std::move(json));
  const SessionFile saved = read_session_file(*text, file, true);
  std::string why;
  if (std::optional<Run> run = run_at_end(saved, file, pool, watch, most_data, why)) {
    LessonRecord lesson = lesson_in(saved, file);
    LoadedSession out{std::move(*run), "", false, std::move(lesson)};
    out.replay = [text, file, most_data](const ReplayWatch& on_the_way) {
      return load_session(*text, file, quiet_pool(), on_the_way, most_data);
    };
    return out;
  }
  LoadedSession out = load_session(*text, file, std::move(pool), watch, most_data);
  if (!why.empty()) out.note = "The state at its end " + why + ": the session was replayed instead.";
  return out;
}

bool is_replay(const std::string& name) {
  if (is_state_string(name)) return true;
  const std::string extension = extension_of(panel_name(name).file);
  return extension == ".iemlab" || may_carry_state(extension);
}

LoadedSession load_replay(const std::string& name, std::shared_ptr<ThreadPool> pool,
                          const ReplayWatch& watch) {
  const ReplayText read = replay_text(name);
  LoadedSession out = loaded(read.text, read.file, read.is_whole, std::move(pool), watch);
  out.note = read.note;
  return out;
}

LessonRecord lesson_of_replay(const std::string& name) {
  const ReplayText read = replay_text(name);
  return lesson_in(read_session_file(read.text, read.file, read.is_whole), read.file);
}

LoadedSession show_replay(const std::string& name, std::shared_ptr<ThreadPool> pool,
                          const ReplayWatch& watch) {
  if (is_state_string(name) || extension_of(name) != ".iemlab")
    return load_replay(name, std::move(pool), watch);
  return show_session(read_file(name, kLargestSessionMib), name, std::move(pool), watch);
}

std::string scene_beside(const std::string& file, const std::string& name) {
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  const bool is_file = name.find('/') != std::string::npos || name.find('.') != std::string::npos;
  if (!is_file || folder.empty() || std::filesystem::path(name).is_absolute()) return name;
  return (folder / name).string();
}

}  // namespace iem
