#include "core/session/run_record.h"

#include <cmath>

#include "core/base/hash.h"
#include "core/kernel/pass.h"
#include "core/optimize/optimizer.h"
#include "core/session/scene_file.h"
#include "core/session/state_string.h"
#include "iem_version.h"

namespace iem {
namespace {

using Record = nlohmann::ordered_json;

Record nested(const Tensor& tensor, std::size_t axis, std::size_t& at) {
  Record list = Record::array();
  for (std::int64_t i = 0; i < tensor.shape[axis]; ++i) {
    if (axis + 1 == tensor.shape.size()) {
      list.push_back(number_json(tensor.data[at++]));
    } else {
      list.push_back(nested(tensor, axis + 1, at));
    }
  }
  return list;
}

struct ToRecord {
  Record operator()(const Tensor& tensor) const {
    std::size_t at = 0;
    if (tensor.shape.empty()) return tensor.data.size() == 1 ? number_json(tensor.data[0]) : Record::array();
    return nested(tensor, 0, at);
  }
  Record operator()(double value) const { return number_json(value); }
  Record operator()(const auto& value) const { return value; }
};

// Puts the value of "model.nu" into the table "model".
void put(Record& out, const std::string& key, Record value) {
  Record* table = &out;
  std::size_t begin = 0;
  for (std::size_t dot; (dot = key.find('.', begin)) != std::string::npos; begin = dot + 1)
    table = &(*table)[key.substr(begin, dot - begin)];
  (*table)[key.substr(begin)] = std::move(value);
}

// Whether an unset key has one value that stands for leaving it out.
bool has_plain_default(const Parameter& parameter, bool changes) {
  if (parameter.effect == Effect::view || parameter.follows || (changes && parameter.default_in))
    return false;
  switch (parameter.kind) {
    case ParameterKind::boolean:
    case ParameterKind::integer:
    case ParameterKind::real:
    case ParameterKind::choice:
    case ParameterKind::choices: return true;
    default: return false;  // an empty one is not given
  }
}

Record about_json(const SceneAbout& about) {
  Record out = Record::object();
  if (!about.group.empty()) out["group"] = about.group;
  if (!about.level.empty()) out["level"] = about.level;
  if (about.minutes > 0) out["minutes"] = about.minutes;
  return out;
}

// Edits as `at` of a compared run and --at take them.
Record timed_edits(const std::vector<Edit>& edits) {
  Record out = Record::array();
  for (const Edit& edit : edits)
    out.push_back(std::to_string(edit.step) + ":" + edit.key + "=" + to_toml(edit.value));
  return out;
}

Record compare_json(const std::vector<RunSpec>& compare) {
  Record out = Record::array();
  for (const RunSpec& spec : compare) {
    Record one = Record::object();
    if (!spec.name.empty()) one["name"] = spec.name;
    one["set"] = settings_json(spec.settings);
    if (spec.best_rate && !spec.says(kRateKey)) put(one["set"], kRateKey, "best");
    if (spec.seeds != 1) one["seeds"] = spec.seeds;
    if (spec.edits) one["at"] = timed_edits(*spec.edits);
    if (spec.is_future()) one["known"] = spec.known;
    out.push_back(std::move(one));
  }
  return out;
}

Record seeds_json(const Config& config) {
  Record out = {{"seed", config.integer("seed")}};
  for (const char* stream : {"data", "init", "batch"})
    if (const std::string key = std::string("seeds.") + stream; config.is_set(key))
      out[stream] = config.integer(key);
  return out;
}

std::vector<Edit> edits_so_far(const Run& run) {
  std::vector<Edit> out;
  for (const Edit& edit : run.edits())
    if (edit.step <= run.state().step) out.push_back(edit);
  return out;
}

Record edits_json(const std::vector<Edit>& edits) {
  Record out = Record::array();
  for (const Edit& edit : edits)
    out.push_back({{"step", edit.step}, {"key", edit.key}, {"value", value_json(edit.value)}});
  return out;
}

}  // namespace

Record number_json(double value) { return std::isfinite(value) ? Record(value) : Record(nullptr); }
Record value_json(const Value& value) { return std::visit(ToRecord{}, value); }

Record settings_json(const std::vector<Edit>& settings) {
  Record out = Record::object();
  for (const Edit& setting : settings) put(out, setting.key, value_json(setting.value));
  return out;
}

Record settings_json(const Scene& scene, bool changes) {
  const Config& config = scene.config;
  Record out = {{"format", 1}, {"lab", config.lab()}};
  for (const auto& [key, words] : {std::pair{"title", &scene.title},
                                   {"description", &scene.description},
                                   {"look_for", &scene.look_for},
                                   {"name", &scene.called}})
    if (!words->empty()) out[key] = *words;
  if (!scene.conditions.empty()) out["conditions"] = scene.conditions;
  for (const Parameter& parameter : config.table().all()) {
    const std::string& key = parameter.key;
    const bool told = config.is_set(key) || has_plain_default(parameter, changes || !scene.compare.empty());
    if (told && config.unavailable_reason(key).empty()) put(out, key, value_json(config.value(key)));
  }
  if (Record about = about_json(scene.about); !about.empty()) out["about"] = std::move(about);
  if (!scene.compare.empty()) out["compare"] = compare_json(scene.compare);
  return out;
}

Record column_json(const TableColumn& column) {
  Record out = {
      {"id", column.id}, {"label", column.label.empty() ? column.id : column.label}, {"unit", column.unit}};
  if (!column.help.empty()) out["help"] = column.help;
  if (!column.standardised) return out;
  out["shift"] = column.standardised->shift;
  out["scale"] = column.standardised->scale;
  out["scale_unit"] = column.standardised->unit;
  return out;
}

Record data_json(const Dataset& data) {
  std::vector<std::string> otherwise;
  for (int d = 0; d < data.dimension(); ++d) otherwise.push_back("x" + std::to_string(d));
  Record columns = Record::array();
  for (const TableColumn& column : point_columns(data, otherwise)) columns.push_back(column_json(column));
  Record out = {{"points", data.size()}, {"names", data.names}, {"units", data.units}};
  if (!data.label_names.empty()) out["label_names"] = data.label_names;
  out["hash"] = hex(data.hash);
  out["columns"] = std::move(columns);
  if (!data.standardised) return out;
  out["shift"] = std::vector<double>(data.shift.begin(), data.shift.end());
  out["scale"] = std::vector<double>(data.scale.begin(), data.scale.end());
  return out;
}

Record scene_record(const Scene& scene, bool changes) {
  return {{"format", 1},
          {"program", std::string("iemlab ") + std::string(kVersion)},
          {"isa", kernel::isa_name(kernel::active_isa())},
          {"lab", scene.config.lab()},
          {"name", scene.name},
          {"scene", write_scene(scene)},
          {"settings", settings_json(scene, changes)}};
}

Record run_record(const Run& run, const Config& view, bool changes) {
  const std::vector<Edit> edits = edits_so_far(run);
  Record out = scene_record(run.origin(), changes || !edits.empty());
  out["seeds"] = seeds_json(run.origin().config);
  out["edits"] = edits_json(edits);
  out["step"] = run.state().step;
  out["hash"] = hex(run.state().hash());
  if (const std::string doubt = run.doubt(); !doubt.empty()) out["doubt"] = doubt;
  out["data"] = data_json(*run.setup().data);
  bool whole = true;
  out["state"] = write_state_string(run, view, &whole);
  if (!whole) out["left_out"] = std::to_string(run.setup().data->size()) + " points";
  return out;
}

Record record_of_start(const Run& run, const Config& view) {
  Record out = run_record(run, view, true);
  out["first_step"] = out["step"];
  out.erase("step");
  out["first_hash"] = out["hash"];
  out.erase("hash");
  return out;
}

std::string record_text(const Record& record) {
  return record.dump(1, ' ', false, Record::error_handler_t::replace) + "\n";
}

}  // namespace iem
