// Opening what the command line names: a scene with --set and --seed, or something to replay.
#include <algorithm>

#include "app/cli/commands.h"
#include "app/cli/input_files.h"
#include "app/cli/stepping.h"
#include "app/cli/terminal.h"
#include "core/base/at_place.h"
#include "core/base/utf8.h"
#include "core/config/assignment.h"
#include "core/config/common_parameters.h"
#include "core/config/idle_keys.h"
#include "core/data/source.h"
#include "core/data/sources/advice.h"
#include "core/kernel/pass.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/fault.h"
#include "core/run/inline_points.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"

namespace iem::cli {
namespace {

void choose_isa(const std::string& name) {
  if (name.empty() || kernel::set_active_isa(name.c_str())) return;
  std::string known;
  for (auto isa : {kernel::Isa::baseline, kernel::Isa::avx2, kernel::Isa::avx512})
    if (kernel::isa_supported(isa)) known += (known.empty() ? "" : ", ") + std::string(kernel::isa_name(isa));
  throw InputError("--isa " + printable(name) + ": this machine has " + known);
}

// Whether other keys determine which values are legal: the shape of a start, or the names in a list of
// blocks.
bool is_bound_by_others(const Parameter& parameter) {
  const bool is_list = parameter.kind == ParameterKind::tensor || parameter.kind == ParameterKind::choices;
  return is_list && parameter.key.starts_with("model.");
}

// --seed replaces the scene's seed and drops [seeds]; --set wins over the file.
void apply_options(Config& config, const SceneOptions& options) {
  if (options.seed) replace_seed(config, *options.seed, {"--seed", 0, 0});
  if (options.seed_init) config.set("seeds.init", *options.seed_init, {"--seed-init", 0, 0});
  std::vector<std::string> said;
  for (const std::string& text : options.set) {
    Assignment assignment = parse_assignment(text, "--set");
    config.set(assignment.key, std::move(assignment.value), {"--set", 0, 0});
    said.push_back(std::move(assignment.key));
  }
  check_content(config);
  if (!options.refuse_idle) return;
  check_said(config, said);
  if (options.seed_init) require_drawn_start(config);
}

// A replay may be long: it says how far it is. Ctrl-C ends it, and with it the program.
LoadedSession replayed(const std::string& name, const std::shared_ptr<ThreadPool>& pool, bool show) {
  Progress progress(show);
  return load_replay(name, pool, [&](std::int64_t step, std::int64_t last) {
    progress.say_replay(step, last);
    return true;
  });
}

}  // namespace

void check_said(const Config& config, const std::vector<std::string>& keys) {
  bool bound = false;
  for (const std::string& key : keys) {
    refuse_idle(config, key);
    bound |= is_bound_by_others(*config.table().find(key));
  }
  if (bound) find_lab(config.lab())->check_given(config);
}

void require_drawn_start(const Config& config) {
  if (!find_lab(config.lab())->start_is_given(config)) return;
  const bool chosen = config.table().find("model.init") != nullptr;
  throw InputError("--seed-init " + std::to_string(config.integer("seeds.init")) + ": has no effect with " +
                   (chosen ? "model.init = \"explicit\"; add --set model.init=" +
                                 std::get<std::string>(config.default_value("model.init"))
                           : "a start that follows from the settings: nothing of it is drawn"));
}

Scene open_scene(const SceneOptions& options) {
  choose_isa(options.isa);
  Scene scene = load_scene(options.scene);
  const Scene as_written = scene;
  apply_options(scene.config, options);
  name_by_points(scene, as_written);
  return scene;
}

// For a state that is not finite, the line about the divergence says what to do.
void say_notes(const Run& run) {
  const Setup& setup = run.setup();
  std::vector<std::string> unsaid;
  if (is_broken(run)) unsaid = advice_on_file(*setup.data, setup.config(), setup.scene.folder);
  for (const std::string& note : setup.data->notes)
    if (std::ranges::find(unsaid, note) == unsaid.end()) say_note(note);
  if (const std::string note = note_on_points(setup); !note.empty()) say_note(note);
}

void apply_said(Run& run, const SceneOptions& options) {
  const std::string option = "--set";
  std::vector<std::string> said;
  for (const std::string& text : options.set) {
    Assignment assignment = parse_assignment(text, option);
    at_place({option}, "", [&] {
      refuse_start(run.setup().config(), assignment.key, kGiveTheScene);
      run.apply({assignment.key, std::move(assignment.value)});
    });
    said.push_back(std::move(assignment.key));
  }
  if (!options.refuse_idle) return;
  for (const std::string& key : said)
    if (const Config& config = run.setup().config(); config.table().find(key))  // else a block of the state
      at_place({option}, "", [&] { refuse_idle(config, key); });
}

Run open_run(const SceneOptions& options, bool show_progress) {
  const auto pool = std::make_shared<ThreadPool>(options.threads);
  if (!is_replay(options.scene)) return Run(open_scene(options), pool);
  for (const auto& [given, name] : {std::pair{options.seed, "--seed"}, {options.seed_init, "--seed-init"}})
    if (given) throw InputError(std::string(name) + ": a saved run has its seeds; give its scene instead");
  choose_isa(options.isa);
  LoadedSession session = replayed(options.scene, pool, show_progress);
  if (!session.parted.empty()) say_error(session.parted);
  if (!session.note.empty()) say_note(session.note);
  apply_said(session.run, options);
  return std::move(session.run);
}

}  // namespace iem::cli
