#include "app/cli/tables.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/export/escape.h"
#include "core/base/atomic_file.h"
#include "core/base/hash.h"
#include "core/labs/kit/lab.h"
#include "core/run/identity.h"
#include "iem_version.h"

namespace iem::cli {
namespace {

using Json = nlohmann::ordered_json;

// Numbers in a nest of lists of the tensor's shape.
Json nested(const Tensor& tensor, std::size_t axis, std::size_t& at) {
  Json list = Json::array();
  for (std::int64_t i = 0; i < tensor.shape[axis]; ++i) {
    if (axis + 1 == tensor.shape.size()) {
      list.push_back(tensor.data[at++]);
    } else {
      list.push_back(nested(tensor, axis + 1, at));
    }
  }
  return list;
}

struct ToJson {
  Json operator()(const Tensor& tensor) const {
    std::size_t at = 0;
    if (tensor.shape.empty()) return tensor.data.size() == 1 ? Json(tensor.data[0]) : Json::array();
    return nested(tensor, 0, at);
  }
  Json operator()(const auto& value) const { return value; }
};

// JSON has no NaN.
Json json_number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

}  // namespace

std::string exact(double value) {
  if (std::isnan(value)) return "nan";
  char buffer[40];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 17).ptr};
}

Json to_json(const Value& value) { return std::visit(ToJson{}, value); }

std::string state_json(const Run& run) {
  Json parameters = Json::object(), metrics = Json::object();
  for (const NamedTensor& block : run.setup().model->natural(run.state().theta))
    parameters[block.name] = to_json(block.tensor);
  const std::vector<std::string> ids = run.setup().model->metric_ids();
  for (std::size_t i = 0; i < ids.size(); ++i)
    metrics[ids[i]] = json_number(run.evaluation().metrics[static_cast<Eigen::Index>(i)]);
  metrics["identity_error"] = json_number(identity_error(run));
  for (const Metric* metric : table_metrics(run))
    metrics[metric->id] = json_number(metric_number(*metric, run));
  const Json json = {{"format", 1},
                     {"program", std::string("iemlab ") + std::string(kVersion)},
                     {"lab", run.setup().problem().id()},
                     {"step", run.state().step},
                     {"loss", json_number(run.evaluation().loss)},
                     {"parameters", parameters},
                     {"metrics", metrics},
                     {"hash", hex(run.state().hash())}};
  return json.dump(1) + "\n";
}

namespace {

void require_contents(const Dump& dump) {
  const std::string why = dump.count == 0       ? "There are no points."
                          : dump.header.empty() ? "The points have no coordinates."
                                                : "";
  if (!why.empty()) throw InputError("there is nothing to write: " + why);
}

}  // namespace

void write_dump(const std::string& path, const Dump& dump) {
  require_contents(dump);
  AtomicFile file(path);
  std::string line;
  for (std::size_t i = 0; i < dump.header.size(); ++i) line += (i ? "," : "") + csv_field(dump.header[i]);
  file.write(line + '\n');
  // A few megabytes at a time. A part of points is a multiple of the kernel's, so that its bits are those of
  // the whole.
  const auto columns = static_cast<Eigen::Index>(std::max<std::size_t>(1, dump.header.size()));
  const Eigen::Index most = columns <= 64 ? 16384 : std::max<Eigen::Index>(1, (1 << 20) / columns);
  for (Eigen::Index first = 0; first < dump.count; first += most) {
    const Eigen::MatrixXd rows = dump.part(first, std::min(most, dump.count - first));
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
      line.clear();
      for (Eigen::Index j = 0; j < rows.cols(); ++j) line += (j ? "," : "") + exact(rows(i, j));
      file.write(line + '\n');
    }
  }
  file.commit();
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
