#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/check.h"
#include "core/data/file_source.h"
#include "core/data/generators.h"
#include "core/data/inline_source.h"
#include "core/data/source.h"

namespace iem {

// The sources, in the order they are offered. Adding one: its file pair, its #include and its line here.
const std::vector<DataSource>& data_sources() {
  static const std::vector<DataSource> all = {
      csv_source(),  npy_source(),   inline_source(), blobs_source(), anisotropic_source(), moons_source(),
      ring_source(), rings_source(), spiral_source(), grid_source(),  uniform_source(),     bumps_source(),
  };
  return all;
}

const DataSource* find_data_source(const std::string& id) {
  for (const DataSource& source : data_sources())
    if (source.id == id) return &source;
  return nullptr;
}

namespace {

bool offered(const DataSource& source, int dimension) {
  return source.dimension == 0 || source.dimension == dimension;
}

Parameter source_parameter(int dimension) {
  Parameter parameter{.key = "data.source",
                      .group = Group::data,
                      .kind = ParameterKind::choice,
                      .effect = Effect::data,
                      .label = "Source",
                      .help = "Where the points come from.",
                      .fallback = std::string(dimension == 1 ? "bumps" : "blobs")};
  for (const DataSource& source : data_sources())
    if (offered(source, dimension)) parameter.choices.push_back(source.id);
  return parameter;
}

// Keys that several sources read.
std::vector<Parameter> shared_parameters(int dimension) {
  const auto data = [](Parameter p) {
    p.group = Group::data;
    p.effect = Effect::data;
    return p;
  };
  return {
      data({.key = "data.path",
            .kind = ParameterKind::text,
            .label = "File",
            .help = "A csv or npy file, relative to the scene; builtin:NAME is an embedded one.",
            .fallback = std::string()}),
      data({.key = "data.points",
            .kind = ParameterKind::tensor,
            .label = "Points",
            .help = "The points themselves.",
            .fallback = Tensor{},
            .shape = {-1, dimension},
            .in_panel = false}),
      data({.key = "data.labels",
            .kind = ParameterKind::tensor,
            .label = "Labels",
            .help = "One whole number a point; -1 is unlabelled.",
            .fallback = Tensor{},
            .shape = {-1},
            .in_panel = false}),
      data({.key = "data.count",
            .kind = ParameterKind::integer,
            .label = "Points",
            .symbol = "N",
            .help = "How many points are generated.",
            .fallback = std::int64_t{300},
            .min = 1,
            .max = 1e7,
            .slider_min = 10,
            .slider_max = 10000,
            .logarithmic = true}),
      data({.key = "data.noise",
            .label = "Noise",
            .help = "Standard deviation of the noise around the shape.",
            .fallback = 0.3,
            .min = 0,
            .slider_min = 0,
            .slider_max = 2}),
      data({.key = "data.clusters",
            .kind = ParameterKind::integer,
            .label = "Clusters",
            .help = "How many groups are generated.",
            .fallback = std::int64_t{3},
            .min = 1,
            .max = 1000,
            .slider_min = 1,
            .slider_max = 12}),
  };
}

}  // namespace

std::vector<Parameter> data_parameters(int dimension) {
  std::vector<Parameter> all = {source_parameter(dimension)};
  std::vector<Parameter> candidates = shared_parameters(dimension);
  for (const DataSource& source : data_sources())
    if (offered(source, dimension))
      candidates.insert(candidates.end(), source.parameters.begin(), source.parameters.end());
  for (Parameter& parameter : candidates) {
    const std::string key = parameter.key;
    if (!parameter.unavailable)
      parameter.unavailable = [key, label = parameter.label](const Config& config) -> std::string {
        const DataSource* source = find_data_source(config.text("data.source"));
        const bool read =
            source && std::find(source->keys.begin(), source->keys.end(), key) != source->keys.end();
        return read ? "" : label + " is not used by this source.";
      };
    all.push_back(std::move(parameter));
  }
  all.push_back({.key = "data.standardise",
                 .group = Group::data,
                 .kind = ParameterKind::boolean,
                 .effect = Effect::data,
                 .label = "Standardise",
                 .help = "Each axis gets mean 0 and standard deviation 1.",
                 .fallback = false});
  return all;
}

Dataset make_dataset(const Config& config, const std::string& folder) {
  const DataSource* source = find_data_source(config.text("data.source"));
  IEM_CHECK(source != nullptr);
  const bool own = config.is_set("seeds.data");
  const auto seed = static_cast<std::uint64_t>(config.integer(own ? "seeds.data" : "seed"));
  Dataset data = source->make(config, folder, Random(own ? seed : derived_seed(seed, "data")));
  IEM_CHECK(data.size() > 0);
  if (config.flag("data.standardise")) standardise(data);
  seal(data);
  return data;
}

}  // namespace iem
