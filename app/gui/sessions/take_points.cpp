#include "app/gui/sessions/take_points.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "app/gui/look/text.h"
#include "core/base/error.h"
#include "core/config/view_keys.h"
#include "core/data/source.h"
#include "core/data/sources/advice.h"
#include "core/data/table_reader.h"
#include "core/run/inline_points.h"
#include "imgui.h"

namespace iem::gui {
namespace {

namespace fs = std::filesystem;

bool takes_points(const Config& config) { return config.table().find("data.points") != nullptr; }

// Given initial means belong to the data they were given for.
void start_anywhere(const Config& config, std::vector<Edit>& settings) {
  const Parameter* init = config.table().find("model.init");
  if (init && config.text("model.init") == "explicit")
    settings.push_back({"model.init", init->default_value});
}

// The present scene and view, without the ranges of the axes, which belong to the former points.
Scene scene_of_other_points(const PanelContext& context, std::string name, std::string title) {
  Scene scene = context.snapshot().setup->scene;
  scene.name = std::move(name);
  scene.title = std::move(title);
  scene.description.clear();
  scene.look_for.clear();
  scene.conditions.clear();
  take_view_keys(scene.config, context.view().config);
  for (const char* key : {"view.x", "view.y", "view.probe", "view.pinned"}) scene.config.reset(key);
  return scene;
}

Run started(Scene scene, const std::vector<Edit>& settings) {
  for (const Edit& setting : settings) scene.config.set(setting.key, setting.value);
  return Run(std::move(scene), std::make_shared<ThreadPool>());
}

MakeRun refused(PanelContext& context, std::string why) {
  context.notices().say(std::move(why), Notices::Tone::warn);
  return {};
}

}  // namespace

MakeRun run_of_clipboard(PanelContext& context) {
  const Config& config = context.snapshot().config();
  const char* words = ImGui::GetClipboardText();
  if (!takes_points(config)) return refused(context, std::string(text::kNotPaintable));
  if (words == nullptr || *words == '\0') return refused(context, std::string(text::kNothingToPaste));
  Scene scene = scene_of_other_points(context, "pasted", std::string(text::kPastedPoints));
  return [scene = std::move(scene), words = std::string(words)] {
    TableRequest request;
    request.dimension = point_width(scene.config);
    const Dataset pasted = read_csv(words, "clipboard", request);
    std::vector<Edit> settings = inline_points(pasted, scene.config);
    start_anywhere(scene.config, settings);
    OpenedScene opened{started(scene, settings), scene.name, {}};
    std::vector<std::string> remarks = pasted.notes;
    for (std::string& words : advice_on(pasted, scene.config)) remarks.push_back(std::move(words));
    for (const std::string& remark : remarks) opened.remark += (opened.remark.empty() ? "" : "; ") + remark;
    return opened;
  };
}

MakeRun run_of_table(PanelContext& context, const std::string& path) {
  const Config& config = context.snapshot().config();
  if (config.table().find("data.path") == nullptr) return refused(context, std::string(text::kNotPaintable));
  const DataSource* source = source_reading(path);
  if (source == nullptr) return refused(context, path + " " + std::string(text::kCannotOpenDrop));
  std::error_code no_working_folder;
  const fs::path file = fs::absolute(path, no_working_folder);
  std::vector<Edit> settings = {{"data.path", file.string()}, {"data.source", source->id}};
  start_anywhere(config, settings);
  Scene scene = scene_of_other_points(context, file.stem().string(), file.filename().string());
  return [scene = std::move(scene), settings = std::move(settings), path] {
    return OpenedScene{started(scene, settings), path, {}};
  };
}

std::string redraw_unavailable(const Snapshot& snapshot) {
  const Config& config = snapshot.config();
  const DataSource* source = find_data_source(config.text("data.source"));
  const bool drawn = source != nullptr && std::ranges::find(source->keys, "data.count") != source->keys.end();
  return drawn ? std::string() : std::string(text::kNotDrawn);
}

void redraw_points(PanelContext& context) {
  const Config& config = context.snapshot().config();
  const std::int64_t next = config.is_set("seeds.data") ? config.integer("seeds.data") + 1 : 1;
  context.engine().apply(std::vector<Edit>{{"seeds.data", next}});
}

}  // namespace iem::gui
