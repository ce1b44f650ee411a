#include "core/run/inline_points.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/data/cell.h"
#include "core/data/source.h"

namespace iem {
namespace {

Tensor points_of(const Dataset& data) {
  Tensor out{{data.points.rows(), data.points.cols()}, {}};
  out.data.reserve(static_cast<std::size_t>(data.points.size()));
  for (Eigen::Index i = 0; i < data.points.rows(); ++i)
    for (Eigen::Index axis = 0; axis < data.points.cols(); ++axis) out.data.push_back(data.points(i, axis));
  return out;
}

// What data.axis_names has to say for the axes to be called as they are; empty: they have no names. Units are
// not those of standardised points, which stay as they are seen.
std::vector<std::string> axis_names_for(const Dataset& data) {
  const auto width = static_cast<std::size_t>(data.points.cols());
  if (data.standardised || data.names.size() != width) return {};
  if (std::ranges::any_of(data.names, &std::string::empty)) return {};
  std::vector<std::string> out = data.names;
  for (std::size_t d = 0; d < width; ++d) {
    const std::string unit = d < data.units.size() ? data.units[d] : std::string();
    // As the file writes it, where that says the unit too.
    std::string name, said;
    if (data.columns.size() == width) split_unit(data.columns[d], name, said);
    if (name == data.names[d] && said == unit)
      out[d] = data.columns[d];
    else if (!unit.empty())
      out[d] += " (" + unit + ")";
  }
  return out;
}

}  // namespace

void name_by_points(Scene& scene, const Scene& origin) {
  const Config& now = scene.config;
  const auto same = [&](const char* key) {
    return now.table().find(key) == nullptr || now.value(key) == origin.config.value(key);
  };
  const bool own = same("data.source") && same("data.path");
  scene.title = origin.title;
  scene.description = own ? origin.description : decltype(scene.description){};
  scene.look_for = own ? origin.look_for : decltype(scene.look_for){};
  if (own) return;
  const bool file = !data_source(now).extensions.empty();
  scene.title =
      file ? std::filesystem::path(now.text("data.path")).filename().string() : data_source(now).label;
}

std::vector<Edit> inline_points(const Dataset& given, const Config& config) {
  const Dataset data = with_held_out(given);
  std::vector<Edit> edits;
  const Parameter* share = config.table().find("data.held_out");
  if (share && config.real(share->key) > 0) edits.push_back({share->key, 0.0});
  for (const auto& [key, none] : {std::pair{"data.label_noise", 0.0}, std::pair{"data.labelled", 1.0}})
    if (config.table().find(key) && config.real(key) != none) edits.push_back({key, none});
  const bool had_labels = !config.tensor("data.labels").data.empty();
  if (had_labels) edits.push_back({"data.labels", Tensor{}});  // as many as there are points, or none
  const std::vector<std::string>& axes_now = config.list("data.axis_names");
  const std::vector<std::string> axes = axis_names_for(data);
  // As many as there are coordinates, or none.
  const bool other_width =
      !axes_now.empty() && axes_now.size() != static_cast<std::size_t>(data.points.cols());
  if (other_width) edits.push_back({"data.axis_names", std::vector<std::string>{}});
  edits.push_back({"data.points", points_of(data)});
  if (data.has_labels()) {
    Tensor labels{{data.labels.size()}, {}};
    for (const int label : data.labels) labels.data.push_back(label);
    edits.push_back({"data.labels", std::move(labels)});
  }
  if (data.label_names != config.list("data.label_names"))
    edits.push_back({"data.label_names", data.label_names});
  if (other_width ? !axes.empty() : axes != axes_now) edits.push_back({"data.axis_names", axes});
  if (config.text("data.source") != "inline") edits.push_back({"data.source", std::string("inline")});
  if (config.flag("data.standardise")) edits.push_back({"data.standardise", false});
  return edits;
}

}  // namespace iem
