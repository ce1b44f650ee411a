#include "app/cli/input_files.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/export/table_file.h"
#include "core/base/atomic_file.h"
#include "core/base/utf8.h"
#include "core/data/table_reader.h"
#include "core/session/figure_panels.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "core/system/files.h"

namespace iem::cli {
namespace {

namespace fs = std::filesystem;

// Where a file of this name is or would be written, without links and dots.
fs::path place_of(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(written_file(path), error);
  const fs::path canonical = fs::weakly_canonical(absolute, error);
  return error ? absolute.lexically_normal() : canonical;
}

// What tells whether two names mean one file.
struct Whereabouts {
  explicit Whereabouts(const std::string& name) : there(file_status(name)), place(place_of(name)) {}
  bool operator==(const Whereabouts& other) const {
    return (there && other.there && there->is_same_file(*other.there)) || place == other.place;
  }
  std::optional<FileStatus> there;
  fs::path place;
};

void add_scene(std::vector<NamedFile>& out, const std::string& name) {
  const auto builtin = builtin_scenes();
  const bool is_file =
      !is_state_string(name) && std::find(builtin.begin(), builtin.end(), name) == builtin.end();
  const std::string file = panel_name(name).file;
  if (is_file && file_status(file)) out.push_back({is_replay(name) ? "the saved run" : "the scene", file});
}

void add_data(std::vector<NamedFile>& out, const std::string& path, const std::string& folder) {
  if (path.empty() || path.starts_with("builtin:")) return;
  out.push_back({"data.path", (fs::path(folder) / path).string()});
}

void add_data(std::vector<NamedFile>& out, const Config& config, const std::string& folder) {
  if (config.table().find("data.path")) add_data(out, config.text("data.path"), folder);
}

void add_data(std::vector<NamedFile>& out, const Edit& edit, const std::string& folder) {
  const auto* path = std::get_if<std::string>(&edit.value);
  if (edit.key == "data.path" && path) add_data(out, *path, folder);
}

}  // namespace

std::vector<NamedFile> input_files(const std::string& scene, const Run& run,
                                   const std::vector<TimedEdit>& edits) {
  std::vector<NamedFile> out = input_files(scene, run.origin());
  const std::string& folder = run.origin().folder;
  add_data(out, run.setup().config(), folder);
  for (const Edit& edit : run.edits()) add_data(out, edit, folder);
  for (const TimedEdit& timed : edits) add_data(out, timed.edit, folder);
  return out;
}

std::vector<NamedFile> input_files(const std::string& name, const Scene& scene) {
  std::vector<NamedFile> out;
  add_scene(out, name);
  add_data(out, scene.config, scene.folder);
  return out;
}

namespace {

// The description of a table that the program wrote; null: there is none.
nlohmann::json description_at(const std::string& path) {
  constexpr std::size_t kLargestMib = 64;
  const auto there = file_status(path);
  if (!there || there->kind != FileKind::regular) return {};
  try {
    nlohmann::json out = nlohmann::json::parse(read_file(path, kLargestMib), nullptr, false);
    const bool ours = out.is_object() && out.contains("program") && out["program"].is_string() &&
                      out["program"].get<std::string>().starts_with("iemlab ") && out.contains("table") &&
                      out["table"].is_string();
    return ours ? out : nlohmann::json();
  } catch (const InputError&) {
    return {};
  }
}

}  // namespace

std::string note_on_points(const Setup& setup) {
  const Config& config = setup.config();
  if (!config.table().find("data.path") || config.is_set("data.columns")) return {};
  const std::string& path = config.text("data.path");
  if (path.empty() || path.starts_with("builtin:")) return {};
  const std::string beside = companion_of((fs::path(setup.scene.folder) / path).string());
  if (beside.empty()) return {};
  const nlohmann::json description = description_at(beside);
  if (description.is_null() || description["table"] == "dump points") return {};
  const std::string name = printable(path, 200);
  return name + ": these numbers are read as points, and " + name + ".json says what they are (" +
         printable(description["table"].get<std::string>()) + ")" +
         (description.contains("state") ? "; " + name + ".json as the scene opens it" : "");
}

bool is_same_file(const std::string& a, const std::string& b) { return Whereabouts(a) == Whereabouts(b); }

// Whether writing the output writes the input: the file itself, or one in the folder.
static bool writes(const NamedFile& output, const std::string& input) {
  if (!output.is_folder) return is_same_file(output.file, input);
  return is_same_file(output.file, (fs::path(input).parent_path() / ".").string());
}

void check_inputs_are_kept(const std::vector<NamedFile>& outputs, const std::vector<NamedFile>& inputs) {
  for (const NamedFile& output : outputs) {
    const auto there = file_status(output.file);
    if (there && there->kind != FileKind::regular && !output.is_folder) continue;
    for (const NamedFile& input : inputs)
      if (writes(output, input.file))
        throw InputError(output.what + " " + output.file + ": would replace " + input.what +
                         ", which is read; choose another name");
  }
}

void check_outputs_differ(const std::vector<NamedFile>& outputs) {
  std::vector<Whereabouts> where;  // the system is asked of each once, not of each pair
  for (const NamedFile& output : outputs) where.emplace_back(output.file);
  for (std::size_t i = 0; i < outputs.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (where[i] == where[j] && !is_written_through(outputs[i].file))
        throw InputError(outputs[j].what + " and " + outputs[i].what + " both write " + outputs[i].file);
}

}  // namespace iem::cli
