// How a session is written.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/base/hash.h"
#include "core/config/assignment.h"
#include "core/config/view_keys.h"
#include "core/kernel/pass.h"
#include "core/run/fault.h"
#include "core/run/scene.h"
#include "core/session/checkpoint.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "core/session/session_file.h"
#include "iem_version.h"

namespace iem {
namespace {

using OrderedJson = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::int64_t kFewMarks = 64;                          // hashes at regular steps
constexpr std::int64_t kFewBefore = 64;                         // states at regular steps,
constexpr std::size_t kMostBytesBefore = std::size_t{1} << 20;  // which are so long together

bool is_points(const std::string& key) { return key == "data.points" || key == "data.labels"; }

// The state hashes after each edit are those of the pinned keyframes at their steps. Steps before a
// checkpoint have those that were read with it.
std::string hash_at(const Run& run, std::int64_t step) {
  if (step < run.first_step()) {
    const auto known = run.past()->hashes().find(step);
    return known == run.past()->hashes().end() ? hex(0) : known->second;
  }
  const Keyframe& frame = run.timeline().at_or_before(step);
  return hex(frame.state.step == step ? frame.state.hash() : 0);
}

OrderedJson edits_json(const Run& run, SessionFor use) {
  OrderedJson out = OrderedJson::array();
  for (const Edit& edit : run.edits()) {
    if (use != SessionFor::kept && edit.step > run.state().step) continue;
    if (use == SessionFor::short_state_string && is_points(edit.key)) continue;
    out.push_back({{"step", edit.step},
                   {"key", edit.key},
                   {"value", to_toml(edit.value)},
                   {"hash", hash_at(run, edit.step)}});
  }
  return out;
}

// Hashes at regular steps, by which a replay can say where it first differed.
OrderedJson marks_json(const Run& run) {
  const auto& frames = run.timeline().frames();
  const std::int64_t last = run.state().step, spacing = std::max<std::int64_t>(1, last / kFewMarks);
  OrderedJson out = OrderedJson::array();
  std::int64_t next = spacing;
  const auto add = [&](std::int64_t step, const std::string& hash) {
    out.push_back({{"step", step}, {"hash", hash}});
    next = step + spacing;
  };
  if (run.first_step() > 0)
    for (const auto& [step, hash] : run.past()->hashes())
      if (step >= next && std::ranges::find(run.edits(), step, &Edit::step) == run.edits().end())
        add(step, hash);
  for (const auto& [step, frame] : frames)
    if (step >= next && step <= last && step >= run.first_step() && !frame->pinned)
      add(step, hex(frame->state.hash()));
  return out;
}

// Its last state. Edits after it would be lost on a run that begins there, other runs beside it take as long
// as the replay, and no run begins at a state that is not finite.
std::string checkpoint_of(const Run& run, SessionFor use) {
  const std::int64_t step = run.state().step;
  const bool goes_on = use == SessionFor::kept && !run.edits().empty() && run.edits().back().step > step;
  const bool none = step == 0 || goes_on || !run.origin().compare.empty() || is_broken(run);
  return none ? std::string() : write_checkpoint(run.state());
}

// States of earlier steps, each as long as the checkpoint's text `end`: of the last edit's step, or 0, and at
// regular steps after it.
std::vector<std::string> states_before(const Run& run, const std::string& end) {
  const std::int64_t last = run.state().step;
  std::int64_t first = 0;
  for (const Edit& edit : run.edits())
    if (edit.step <= last) first = edit.step;
  const auto most = std::min(kFewBefore, static_cast<std::int64_t>(kMostBytesBefore / end.size()));
  std::vector<std::string> out;
  if (most < 2 || first >= last) return out;
  const std::int64_t spacing = (last - first + most - 1) / most;
  std::int64_t next = first;
  for (const auto& [step, frame] : run.timeline().frames()) {
    if (step < next || step >= last) continue;
    out.push_back(write_checkpoint(frame->state));
    next = step + spacing;
  }
  return out;
}

// {"state", "before", "sum"}; null where there is none.
OrderedJson checkpoint_json(const Run& run, SessionFor use) {
  const std::string end = checkpoint_of(run, use);
  if (end.empty()) return nullptr;
  const std::vector<std::string> before = states_before(run, end);
  OrderedJson out = {{"state", end}};
  if (!before.empty()) out["before"] = before;
  out["sum"] = checkpoint_sum(end, before);
  return out;
}

// The scene as opened, with the present view keys of the window.
Scene with_view(Scene scene, const Config& view) {
  take_view_keys(scene.config, view);
  return scene;
}

// Empty when it is below a working folder that is gone: data beside the session will still be found.
std::string whole_path(const std::string& folder) {
  if (fs::path(folder).is_absolute()) return folder;
  std::error_code gone;
  const fs::path here = fs::current_path(gone);
  return gone ? "" : (here / folder).string();
}

}  // namespace

std::string program_name() { return "iemlab " + std::string(kVersion); }

bool reads_relative_path(const Config& config) {
  if (!config.table().find("data.path")) return false;
  const std::string& path = config.text("data.path");
  return !path.empty() && !path.starts_with("builtin:") && fs::path(path).is_relative();
}

std::string save_session(const Run& run, const Config& view, SessionFor wanted, const LessonRecord& lesson) {
  const SessionFor use = wanted == SessionFor::kept ? SessionFor::file : wanted;
  Scene scene = with_view(run.origin(), view);
  const std::string folder =
      use == SessionFor::file && reads_relative_path(scene.config) ? whole_path(scene.folder) : "";
  const bool leave_points = use == SessionFor::short_state_string;
  if (leave_points)
    for (const char* key : {"data.points", "data.labels"}) scene.config.reset(key);
  OrderedJson json = {{"format", 1},
                      {"program", program_name()},
                      {"isa", kernel::isa_name(kernel::active_isa())},
                      {"lab", scene.config.lab()},
                      {"name", scene.name},
                      {"folder", folder},
                      {"scene", write_scene(scene)},
                      {"data_hash", hex(run.setup().data->hash)},
                      {"step", run.state().step},
                      {"hash", hex(run.state().hash())},
                      {"edits", edits_json(run, wanted)}};
  if (use == SessionFor::file) {
    json["marks"] = marks_json(run);
    if (OrderedJson end = checkpoint_json(run, wanted); !end.is_null()) json["checkpoint"] = std::move(end);
  }
  if (const std::string doubt = run.doubt(); !doubt.empty()) json["doubt"] = doubt;
  if (!lesson.lesson.empty()) json["lesson"] = write_lesson_record(lesson);
  if (leave_points) json["left_out"] = std::to_string(run.setup().data->size()) + " points";
  // File names need not be UTF-8, which JSON must be.
  constexpr auto kReplace = OrderedJson::error_handler_t::replace;
  return use == SessionFor::file ? json.dump(1, ' ', false, kReplace) + "\n"
                                 : json.dump(-1, ' ', false, kReplace);
}

}  // namespace iem
