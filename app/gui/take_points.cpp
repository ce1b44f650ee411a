#include "app/gui/take_points.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "app/gui/text.h"
#include "core/base/error.h"
#include "core/data/source.h"
#include "core/data/table_reader.h"
#include "core/run/own_points.h"
#include "imgui.h"

namespace iem::gui {
namespace {

bool takes_points(const Config& config) { return config.table().find("data.points") != nullptr; }

// Given initial means belong to the data they were given for.
void start_anywhere(const Config& config, std::vector<Edit>& settings) {
  if (config.table().find("model.init") && config.text("model.init") == "explicit")
    settings.push_back({"model.init", std::string("kmeans++")});
}

}  // namespace

void paste_points(Desk& desk) {
  const Config& config = desk.snapshot().config();
  const char* words = ImGui::GetClipboardText();
  if (!takes_points(config)) return desk.notices().say(std::string(text::kNotPaintable), Notices::Tone::warn);
  if (words == nullptr || *words == '\0')
    return desk.notices().say(std::string(text::kNothingToPaste), Notices::Tone::warn);
  try {
    const int dimension = static_cast<int>(config.table().find("data.points")->shape.back());
    const Dataset data = read_csv(words, "clipboard", dimension);
    std::vector<Edit> settings = own_points(data, config);
    start_anywhere(config, settings);
    desk.engine().begin_with(std::move(settings));
  } catch (const InputError& error) {
    desk.notices().say(error.what(), Notices::Tone::warn);
  }
}

void use_table(Desk& desk, const std::string& path) {
  const Config& config = desk.snapshot().config();
  if (config.table().find("data.path") == nullptr)
    return desk.notices().say(std::string(text::kNotPaintable), Notices::Tone::warn);
  std::string source = std::filesystem::path(path).extension().string().substr(1);
  std::ranges::transform(source, source.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::vector<Edit> settings = {{"data.path", std::filesystem::absolute(path).string()},
                                {"data.source", std::move(source)}};
  start_anywhere(config, settings);
  desk.engine().begin_with(std::move(settings));
}

std::string redraw_unavailable(const Snapshot& snapshot) {
  const Config& config = snapshot.config();
  const DataSource* source = find_data_source(config.text("data.source"));
  const bool drawn = source != nullptr && std::ranges::find(source->keys, "data.count") != source->keys.end();
  return drawn ? std::string() : std::string(text::kNotDrawn);
}

void redraw_points(Desk& desk) {
  const Config& config = desk.snapshot().config();
  const std::int64_t next = config.is_set("seeds.data") ? config.integer("seeds.data") + 1 : 1;
  desk.engine().apply(std::vector<Edit>{{"seeds.data", next}});
}

}  // namespace iem::gui
