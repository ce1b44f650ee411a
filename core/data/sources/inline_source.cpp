// Points that stand in the scene itself: data.points and data.labels, and what their axes and classes are
// called.
#include "core/base/error.h"
#include "core/data/cell.h"
#include "core/data/label_noise.h"
#include "core/data/sources/sources.h"

namespace iem {
namespace {

std::string counted(std::int64_t count, const std::string& thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

void read_labels(const Config& config, Dataset& data) {
  const Tensor& labels = config.tensor("data.labels");
  if (labels.data.empty()) return;
  if (static_cast<Eigen::Index>(labels.data.size()) != data.size())
    throw config.error("data.labels", "has " +
                                          counted(static_cast<std::int64_t>(labels.data.size()), "label") +
                                          " for " + counted(data.size(), "point"));
  data.label_names = config.list("data.label_names");
  data.labels.resize(data.size());
  for (Eigen::Index i = 0; i < data.size(); ++i)
    if (!label_of(labels.data[static_cast<std::size_t>(i)], data.labels(i)))
      throw config.error("data.labels", std::string("every label must be ") + kLabelRule);
}

void name_axes(const Config& config, Dataset& data) {
  const std::vector<std::string>& given = config.list("data.axis_names");
  if (given.empty()) return;
  const auto width = static_cast<std::size_t>(data.points.cols());
  if (given.size() != width)
    throw config.error("data.axis_names", "has " + counted(static_cast<std::int64_t>(given.size()), "name") +
                                              " for " +
                                              counted(static_cast<std::int64_t>(width), "coordinate"));
  data.names.resize(width);
  data.units.resize(width);
  data.columns = given;
  for (std::size_t d = 0; d < width; ++d) split_unit(given[d], data.names[d], data.units[d]);
}

Dataset make_inline(const Config& config, const std::string&, Random&) {
  const Tensor& points = config.tensor("data.points");
  if (points.data.empty())
    throw InputError("data.points is missing: source \"inline\" has its points in the scene",
                     config.position("data.source"));
  const bool any_width = config.table().find("data.points")->shape.back() < 0;
  if (any_width && (points.shape[1] < 2 || points.shape[1] > kMostCoordinates))
    throw config.error("data.points", "every point must have 2 to " + std::to_string(kMostCoordinates) +
                                          " coordinates, not " + std::to_string(points.shape[1]));
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Dataset data;
  data.points = Eigen::Map<const RowMajor>(points.data.data(), points.shape[0], points.shape[1]);
  data.title = "Own points";
  name_axes(config, data);
  read_labels(config, data);
  return data;
}

}  // namespace

DataSource inline_source() {
  return {.id = "inline",
          .label = "Own points",
          .help = "Points written in the scene or painted by hand.",
          .keys = {"data.points", "data.labels", "data.label_names", "data.axis_names"},
          .parameters = {},
          .dimension = 0,
          .make = make_inline,
          .is_given = true};
}

}  // namespace iem
