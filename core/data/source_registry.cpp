// The table of sources, the keys of [data], and the way from a configuration to a dataset.
#include <algorithm>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/data/labels.h"
#include "core/data/sources.h"
#include "core/scene/common_parameters.h"

namespace iem {

const std::vector<DataSource>& data_sources() {
  static const std::vector<DataSource> sources = {
      blobs_source(), anisotropic_source(), moons_source(), ring_source(),   rings_source(), spiral_source(),
      grid_source(),  uniform_source(),     bumps_source(), inline_source(), csv_source(),   npy_source(),
  };
  return sources;
}

const DataSource* find_data_source(const std::string& id) {
  const auto found = std::ranges::find(data_sources(), id, &DataSource::id);
  return found == data_sources().end() ? nullptr : &*found;
}

namespace {

Parameter described(std::string key, ParameterKind kind, Value fallback, std::string label,
                    std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.group = Group::data;
  p.kind = kind;
  p.effect = Effect::data;
  p.label = std::move(label);
  p.help = std::move(help);
  p.fallback = std::move(fallback);
  return p;
}

Parameter source_parameter(int dimension) {
  Parameter p = described("data.source", ParameterKind::choice, dimension == 1 ? "bumps" : "blobs", "Source",
                          "Where the points come from.");
  for (const DataSource& source : data_sources())
    if (source.dimension == 0 || source.dimension == dimension) p.choices.push_back(source.id);
  return p;
}

Parameter count_parameter() {
  Parameter p = described("data.count", ParameterKind::integer, std::int64_t{300}, "Points",
                          "How many points are made.");
  p.symbol = std::string("N");  // assigned as text, GCC 12 warns of an overlap that is none
  p.min = 1;
  p.max = 1e7;
  p.slider_min = 10;
  p.slider_max = 10000;
  p.logarithmic = true;
  return p;
}

Parameter noise_parameter() {
  Parameter p = described("data.noise", ParameterKind::real, 0.3, "Noise",
                          "The standard deviation of what is added to the exact shape.");
  p.min = 0;
  p.max = 1e6;
  p.slider_max = 1.5;
  return p;
}

Parameter clusters_parameter() {
  Parameter p = described("data.clusters", ParameterKind::integer, std::int64_t{3}, "Clusters",
                          "How many clusters, rings or arms are made.");
  p.min = 1;
  p.max = kLargestLabel + 1;
  p.slider_min = 1;
  p.slider_max = 10;
  return p;
}

// Keys that are no widgets: the points are painted, the file is chosen in a dialog.
std::vector<Parameter> content_parameters(int dimension) {
  Parameter points = described("data.points", ParameterKind::tensor, Tensor{}, "Points",
                               "The points themselves, one list of coordinates each.");
  points.shape = {-1, dimension};
  points.in_panel = false;
  Parameter labels = described("data.labels", ParameterKind::tensor, Tensor{}, "Labels",
                               "The class of each point, counted from 0; -1 for none.");
  labels.shape = {-1};
  labels.min = -1;
  labels.max = kLargestLabel;
  labels.in_panel = false;
  Parameter path =
      described("data.path", ParameterKind::text, "", "File",
                "The file with the points, relative to the scene; builtin:NAME is one inside the program.");
  path.in_panel = false;
  return {points, labels, path};
}

// A key that the chosen source does not read has no effect.
void fill_unavailable(Parameter& parameter) {
  parameter.unavailable = [key = parameter.key](const Config& config) -> std::string {
    const DataSource* source = find_data_source(config.text("data.source"));
    IEM_CHECK(source != nullptr);
    if (std::ranges::find(source->keys, key) != source->keys.end()) return {};
    return "The source \"" + source->label + "\" does not use it.";
  };
}

}  // namespace

std::vector<Parameter> data_parameters(int dimension) {
  std::vector<Parameter> out = {count_parameter(), noise_parameter(), clusters_parameter()};
  for (Parameter& parameter : content_parameters(dimension)) out.push_back(std::move(parameter));
  for (const DataSource& source : data_sources())
    if (source.dimension == 0 || source.dimension == dimension)
      out.insert(out.end(), source.parameters.begin(), source.parameters.end());
  for (Parameter& parameter : out) fill_unavailable(parameter);
  out.insert(out.begin(), source_parameter(dimension));
  out.push_back(described("data.standardise", ParameterKind::boolean, false, "Standardise",
                          "Shifts and scales each coordinate to mean 0 and standard deviation 1."));
  out.back().advanced = true;  // the head of the group says so
  return out;
}

Dataset make_dataset(const Config& config, const std::string& folder) {
  const DataSource* source = find_data_source(config.text("data.source"));
  IEM_CHECK(source != nullptr);
  Dataset data = source->make(config, folder, Random(stream_seed(config, "data")));
  IEM_CHECK(data.size() > 0);
  if (data.title.empty()) data.title = source->label;
  if (config.flag("data.standardise")) standardise(data);
  seal(data);
  return data;
}

}  // namespace iem
