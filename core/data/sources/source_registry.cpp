// The table of sources, the keys of [data], and the way from a configuration to a dataset.
#include <algorithm>
#include <filesystem>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/words.h"
#include "core/config/common_parameters.h"
#include "core/data/label_noise.h"
#include "core/data/sources/advice.h"
#include "core/data/sources/sources.h"
#include "core/data/sources/toy_sources.h"

namespace iem {

const std::vector<DataSource>& data_sources() {
  static const std::vector<DataSource> sources = {
      blobs_source(),
      pair_source(),
      anisotropic_source(),
      moons_source(),
      ring_source(),
      rings_source(),
      spiral_source(),
      crossing_source(),
      kink_source(),
      grid_source(),
      uniform_source(),
      digits_source(),
      bumps_source(),
      skewed_source(),
      heavy_tails_source(),
      outliers_source(),
      inline_source(),
      csv_source(),
      npy_source(),
      no_source(),
      sticky_markov_source(),
      roles_source(),
      inline_sequence_source(),
      evidence_source(),
      groups_source(),
      one_wave_source(),
  };
  return sources;
}

const DataSource* find_data_source(const std::string& id) {
  const auto found = std::ranges::find(data_sources(), id, &DataSource::id);
  return found == data_sources().end() ? nullptr : &*found;
}

const DataSource* source_reading(const std::string& path) {
  const std::string extension = lower_case(std::filesystem::path(path).extension().string());
  if (extension.empty()) return nullptr;
  const auto found = std::ranges::find_if(data_sources(), [&](const DataSource& source) {
    return std::ranges::find(source.extensions, extension) != source.extensions.end();
  });
  return found == data_sources().end() ? nullptr : &*found;
}

const DataSource& data_source(const Config& config) {
  const bool sequences = config.table().find("data.task") != nullptr;
  const std::string& id = config.text("data.source");
  const auto found = std::ranges::find_if(data_sources(), [&](const DataSource& source) {
    return source.id == id && (source.dimension == kSequence) == sequences;
  });
  IEM_CHECK(found != data_sources().end());
  return *found;
}

int point_width(const Config& config) {
  const std::int64_t own = config.table().find("data.points")->shape.back();
  return own < 0 ? 2 : static_cast<int>(own);
}

namespace {

Parameter described(std::string key, ParameterKind kind, Value default_value, std::string label,
                    std::string help) {
  Parameter p;
  p.key = std::move(key);
  p.group = Group::data;
  p.kind = kind;
  p.effect = Effect::data;
  p.label = std::move(label);
  p.help = std::move(help);
  p.default_value = std::move(default_value);
  return p;
}

bool offered(const DataSource& source, int dimension) {
  if (source.dimension == 0) return dimension != kSequence;
  return source.dimension == dimension || (source.dimension >= 2 && dimension == kAnyWidth);
}

bool is_given(const Config& config, std::string_view key) {
  if (!config.is_set(key)) return false;
  const auto* tensor = std::get_if<Tensor>(&config.value(key));
  const auto* text = std::get_if<std::string>(&config.value(key));
  return tensor ? !tensor->data.empty() : text && !text->empty();
}

// The default source where the scene does not name one: a path means the source that reads its extension, and
// points written in the scene mean the inline source.
const Value* source_meant(const Config& config) {
  static const std::vector<Value> ids = [] {
    std::vector<Value> out;
    for (const DataSource& source : data_sources()) out.emplace_back(source.id);
    return out;
  }();
  const DataSource* meant = nullptr;
  if (is_given(config, "data.path"))
    meant = source_reading(config.text("data.path"));
  else if (is_given(config, "data.points"))
    meant = find_data_source("inline");
  return meant ? &ids[static_cast<std::size_t>(meant - data_sources().data())] : nullptr;
}

Parameter source_parameter(int dimension) {
  Parameter p = described("data.source", ParameterKind::choice, dimension == 1 ? "none" : "blobs", "Source",
                          "Where the points come from.");
  if (dimension != kSequence) p.default_in = source_meant;
  for (const DataSource& source : data_sources())
    if (offered(source, dimension)) {
      p.choices.push_back(source.id);
      p.choice_labels.push_back(source.label);
    }
  return p;
}

// data.task: what an output is compared with. Prediction of a Markov chain is a task of its own and needs the
// source of the chain.
Parameter task_parameter() {
  Parameter p =
      described("data.task", ParameterKind::choice, "regression", "Task",
                "What is compared with the outputs: points, labels, or the next symbol of a chain.");
  p.choices = {"regression", "classification", "sticky_markov"};
  p.default_in = [](const Config& config) -> const Value* {
    static const Value chain = std::string("sticky_markov");
    return config.is_set("data.source") && config.text("data.source") == "sticky_markov" ? &chain : nullptr;
  };
  return p;
}

Parameter count_parameter() {
  Parameter p = described("data.count", ParameterKind::integer, std::int64_t{300}, "Points",
                          "How many points are made.");
  p.symbol = std::string("N");  // assigning a literal makes GCC 12 warn of an overlap that does not exist
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

// Keys without a widget in the panel: points are painted on the stage, and a file is chosen in a dialog.
std::vector<Parameter> content_parameters(int dimension) {
  Parameter points = described("data.points", ParameterKind::tensor, Tensor{}, "Points",
                               "The points themselves, one list of coordinates each.");
  points.shape = {-1, dimension == kAnyWidth || dimension == kRows ? -1 : dimension};
  points.in_panel = false;
  Parameter labels = described("data.labels", ParameterKind::tensor, Tensor{}, "Labels",
                               "The class of each point, counted from 0; -1 for none.");
  labels.shape = {-1};
  labels.min = -1;
  labels.max = kLargestLabel;
  labels.in_panel = false;
  Parameter names = described("data.label_names", ParameterKind::choices, std::vector<std::string>{},
                              "Class names", "What the classes 0, 1, ... are called.");
  names.in_panel = false;
  Parameter axes = described("data.axis_names", ParameterKind::choices, std::vector<std::string>{},
                             "Axis names", "What the coordinates are called, \"length (mm)\" with its unit.");
  axes.in_panel = false;
  Parameter path =
      described("data.path", ParameterKind::text, "", "File",
                "The file with the points, relative to the scene; builtin:NAME is one inside the program.");
  path.in_panel = false;
  return {points, labels, names, axes, path};
}

// The keys that say which columns of a file are read.
std::vector<Parameter> table_parameters() {
  Parameter columns =
      described("data.columns", ParameterKind::columns, std::vector<std::string>{}, "Columns",
                "The columns with the coordinates, by name or by number from 1; not given: the "
                "first of numbers that do not just count the rows.");
  Parameter label =
      described("data.label", ParameterKind::column, "", "Label column",
                "The column that says each point's class, by name or by number from 1: words or "
                "whole numbers. Not given: the one called label.");
  Parameter missing = described("data.missing", ParameterKind::choice, "refuse", "Missing numbers",
                                "Rows without a number in one of the columns: an error, or left out.");
  missing.choices = {"refuse", "drop"};
  for (Parameter* p : {&columns, &label, &missing}) p->in_panel = false;
  return {columns, label, missing};
}

// The table of data keys for sequences: shared keys have other defaults there.
std::vector<Parameter> sequence_parameters() {
  Parameter source = source_parameter(kSequence);
  source.default_value = std::string("roles");
  source.default_in = [](const Config& config) -> const Value* {
    static const Value chain = std::string("sticky_markov"), own = std::string("inline");
    if (config.is_set("data.task") && config.text("data.task") == "sticky_markov") return &chain;
    return is_given(config, "data.targets") || is_given(config, "data.tokens") ? &own : nullptr;
  };
  Parameter count = count_parameter(), noise = noise_parameter(), clusters = clusters_parameter();
  count.default_value = std::int64_t{12};
  count.max = static_cast<double>(kLongestSequence);
  clusters.default_value = std::int64_t{2};
  noise.default_in = [](const Config& config) -> const Value* {
    static const Value one = 1.0;
    return config.text("data.source") == "sticky_markov" ? &one : nullptr;
  };
  return {task_parameter(), source, count, clusters, noise};
}

// A key that the chosen source does not read has no effect.
void fill_unavailable(Parameter& parameter) {
  parameter.unavailable = [key = parameter.key](const Config& config) -> std::string {
    const DataSource& source = data_source(config);
    if (std::ranges::find(source.keys, key) != source.keys.end()) return {};
    return "The source \"" + source.label + "\" does not use it.";
  };
  parameter.switched_by = {"data.source"};
}

}  // namespace

std::vector<Parameter> data_parameters(int dimension) {
  if (dimension == kSequence) {
    std::vector<Parameter> sequence = sequence_parameters();
    for (const DataSource& source : data_sources())
      if (offered(source, kSequence))
        sequence.insert(sequence.end(), source.parameters.begin(), source.parameters.end());
    for (std::size_t i = 2; i < sequence.size(); ++i) fill_unavailable(sequence[i]);
    return sequence;
  }
  std::vector<Parameter> out = {count_parameter(), noise_parameter(), clusters_parameter()};
  for (Parameter& parameter : content_parameters(dimension)) out.push_back(std::move(parameter));
  for (Parameter& parameter : table_parameters()) out.push_back(std::move(parameter));
  for (const DataSource& source : data_sources())
    if (offered(source, dimension)) out.insert(out.end(), source.parameters.begin(), source.parameters.end());
  for (Parameter& parameter : out) fill_unavailable(parameter);
  out.insert(out.begin(), source_parameter(dimension));
  out.push_back(described("data.standardise", ParameterKind::boolean, false, "Standardise",
                          "Shifts and scales each coordinate to mean 0 and standard deviation 1."));
  out.back().advanced = true;  // the title row of the group shows it
  if (dimension == 1)
    also_unless(out.back(),
                [](const Config& config) {
                  return config.text("data.source") == "none" ? "There are no points." : std::string();
                },
                {"data.source"});
  return out;
}

Dataset make_dataset(const Config& config, const std::string& folder) {
  const DataSource& source = data_source(config);
  Random random(stream_seed(config, "data"));
  Dataset data = source.make(config, folder, random);
  IEM_CHECK(data.size() > 0 || source.id == "none");
  if (data.title.empty()) data.title = source.label;
  const bool any = data.size() > 0;
  if (any && config.table().find("data.standardise") && config.flag("data.standardise")) standardise(data);
  if (data.has_labels() && config.table().find("data.label_noise"))
    spoil_labels(data, config.real("data.label_noise"), config.real("data.labelled"), random);
  if (any && config.table().find("data.held_out") && config.real("data.held_out") > 0)
    hold_out(data, config.real("data.held_out"),
             Random(derived_seed(stream_seed(config, "data"), "held_out")));
  for (std::string& words : advice_on_file(data, config, folder)) data.notes.push_back(std::move(words));
  seal(data);
  return data;
}

}  // namespace iem
