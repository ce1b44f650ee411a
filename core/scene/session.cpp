#include "core/scene/session.h"

#include <nlohmann/json.hpp>

#include "core/base/hash.h"
#include "core/kernel/pass.h"
#include "core/scene/scene.h"
#include "iem_version.h"

namespace iem {
namespace {

using Json = nlohmann::ordered_json;

Json edit_json(const Edit& edit, std::uint64_t hash) {
  return {{"step", edit.step}, {"key", edit.key}, {"value", to_toml(edit.value)}, {"hash", hex(hash)}};
}

// The state hashes after each edit are those of the pinned keyframes at their steps.
std::uint64_t hash_at(const Run& run, std::int64_t step) {
  const Keyframe& frame = run.timeline().at_or_before(step);
  return frame.state.step == step ? frame.state.hash() : 0;
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

}  // namespace

std::string save_session(const Run& run, const Config& view) {
  const Scene scene = with_view(run.origin(), view);
  Json json = {{"format", 1},
               {"program", "iemlab " + std::string(kVersion)},
               {"isa", kernel::isa_name(kernel::active_isa())},
               {"lab", scene.config.lab()},
               {"name", scene.name},
               {"folder", scene.folder},
               {"scene", write_scene(scene)},
               {"data_hash", hex(run.setup().data->hash)},
               {"step", run.state().step},
               {"hash", hex(run.state().hash())}};
  Json edits = Json::array();
  for (const Edit& edit : run.edits())
    if (edit.step <= run.state().step) edits.push_back(edit_json(edit, hash_at(run, edit.step)));
  json["edits"] = std::move(edits);
  return json.dump(1) + "\n";
}

LoadedSession load_session(std::string_view text, const std::string& file, std::shared_ptr<ThreadPool> pool) {
  const auto fail = [&](const std::string& why) { return InputError("not a session: " + why, {file, 0, 0}); };
  Json json;
  try {
    json = Json::parse(text);
    if (json.at("format").get<int>() != 1) throw fail("format must be 1");
    Scene scene = parse_scene(json.at("scene").get<std::string>(), file);
    scene.name = json.at("name").get<std::string>();
    scene.folder = json.at("folder").get<std::string>();

    LoadedSession loaded{Run(std::move(scene), std::move(pool)), ""};
    Run& run = loaded.run;
    const auto compare = [&](const std::string& hash) {
      if (loaded.parted.empty() && hash != hex(0) && hex(run.state().hash()) != hash)
        loaded.parted = "the state at step " + std::to_string(run.state().step) +
                        " is another one than when it was saved by " + json.at("program").get<std::string>() +
                        " (" + json.at("isa").get<std::string>() + ")";
    };
    if (hex(run.setup().data->hash) != json.at("data_hash").get<std::string>())
      loaded.parted = "the data is not what it was when the session was saved";
    // Of several edits at one step only the last one's hash is known: compare when the step is left.
    std::string expected = hex(0);
    for (const Json& edit : json.at("edits")) {
      const auto step = edit.at("step").get<std::int64_t>();
      if (step != run.state().step) compare(expected);
      run.seek(step);
      const std::string key = edit.at("key").get<std::string>();
      run.apply({key, parse_assignment(key + "=" + edit.at("value").get<std::string>(), file).value});
      expected = edit.at("hash").get<std::string>();
    }
    run.seek(json.at("step").get<std::int64_t>());
    compare(json.at("hash").get<std::string>());
    return loaded;
  } catch (const Json::exception& error) {
    throw fail(error.what());
  }
}

}  // namespace iem
