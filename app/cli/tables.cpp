#include "app/cli/tables.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/export/table_file.h"
#include "core/base/atomic_file.h"
#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/labs/kit/lab.h"
#include "core/run/identity.h"
#include "core/session/run_record.h"

namespace iem::cli {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string exact(double value) {
  if (std::isnan(value)) return "nan";
  char buffer[40];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 17).ptr};
}

Json metrics_json(const Run& run) {
  Json out = Json::object();
  const std::vector<std::string> ids = run.setup().model->metric_ids();
  const std::vector<double> own = model_numbers(run, ids);
  for (std::size_t i = 0; i < ids.size(); ++i) out[ids[i]] = number_json(own[i]);
  out["identity_error"] = number_json(identity_error(run));
  for (const std::vector<const Metric*>& metrics : {table_metrics(run), end_metrics(run)})
    for (const Metric* metric : metrics) out[metric->id] = number_json(metric_number(*metric, run));
  return out;
}

std::string state_json(const Run& run, const Json& about) {
  Json parameters = Json::object();
  for (const NamedTensor& block : run.setup().model->natural(run.state().theta))
    parameters[block.name] = value_json(block.tensor);
  Json json = {{"format", 1},
               {"program", about["program"]},
               {"lab", about["lab"]},
               {"step", about["step"]},
               {"loss", number_json(run.evaluation().loss)},
               {"parameters", parameters},
               {"metrics", metrics_json(run)},
               {"hash", about["hash"]}};
  for (const auto& [key, value] : about.items())
    if (!json.contains(key)) json[key] = value;
  return record_text(json);
}

std::vector<TableColumn> metric_columns(const Setup& setup, const std::vector<std::string>& ids) {
  const std::vector<Metric>& all = setup.problem().metrics();
  std::vector<TableColumn> out;
  for (const std::string& id : ids) {
    std::string label = id;
    std::ranges::replace(label, '_', ' ');
    const auto metric = std::ranges::find(all, id, &Metric::id);
    out.push_back({.id = id, .label = std::move(label)});
    if (metric != all.end()) out.back().unit = metric->unit, out.back().help = metric->help;
  }
  return out;
}

std::vector<TableColumn> loss_columns(const Setup& setup) {
  return {{.id = "step", .label = "step", .unit = "steps", .help = "How many updates were made before."},
          {.id = "loss", .label = "J", .unit = lab_of(setup).loss_unit(setup.config())},
          {.id = "grad_norm", .label = "|dJ/dtheta|"}};
}

TableColumn setting_column(const ParameterTable& table, const std::string& key) {
  const Parameter* parameter = table.find(key);
  if (!parameter) return {.id = key};
  return {.id = key, .label = parameter->label, .unit = parameter->unit, .help = parameter->help};
}

namespace {

void require_contents(const Dump& dump) {
  const std::string why = dump.count == 0        ? "There are no points."
                          : dump.columns.empty() ? "The points have no coordinates."
                                                 : "";
  if (!why.empty()) throw InputError("there is nothing to write: " + why);
}

}  // namespace

void require_table_name(const std::string& table) {
  const std::string name = lower_case(table);
  if (table.empty() || name.ends_with(".csv") || name.ends_with(".tex") || is_written_through(table)) return;
  throw InputError("--table " + printable(table) + ": must end in .csv or .tex");
}

void write_dump(const std::string& path, const Dump& dump, const Json& about) {
  require_contents(dump);
  TableFile file(path, dump.columns);
  std::string line;
  // A few megabytes at a time. A part of points is a multiple of the kernel's, so that its bits are those of
  // the whole.
  const auto columns = static_cast<Eigen::Index>(std::max<std::size_t>(1, dump.columns.size()));
  const Eigen::Index most = columns <= 64 ? 16384 : std::max<Eigen::Index>(1, (1 << 20) / columns);
  for (Eigen::Index first = 0; first < dump.count; first += most) {
    const Eigen::MatrixXd rows = dump.part(first, std::min(most, dump.count - first));
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
      line.clear();
      for (Eigen::Index j = 0; j < rows.cols(); ++j) line += (j ? "," : "") + exact(rows(i, j));
      file.write(line + '\n');
    }
  }
  file.commit(about);
}

void add_missing_ids(const std::vector<std::string>& ids, std::vector<std::string>& all) {
  for (const std::string& id : ids)
    if (std::ranges::find(all, id) == all.end()) all.push_back(id);
}

std::size_t width_of(const std::string& utf8) {
  // Every byte that does not continue a character begins one.
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string padded(const std::string& utf8, std::size_t width) {
  const std::size_t own = width_of(utf8);
  return own < width ? utf8 + std::string(width - own, ' ') : utf8;
}

}  // namespace iem::cli
