#include "core/data/inline_source.h"

#include <cmath>

namespace iem {
namespace {

Dataset make(const Config& config, const std::string&, Random) {
  const Tensor& points = config.tensor("data.points");
  if (points.data.empty()) throw config.error("data.points", "source = \"inline\" needs at least one point");
  const Tensor& labels = config.tensor("data.labels");
  const auto rows = static_cast<Eigen::Index>(points.shape[0]),
             columns = static_cast<Eigen::Index>(points.shape[1]);
  Dataset data;
  data.points = Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
      points.data.data(), rows, columns);
  data.title = "Inline points";
  if (labels.data.empty()) return data;
  if (static_cast<Eigen::Index>(labels.data.size()) != rows)
    throw config.error("data.labels", "there are " + std::to_string(rows) + " points but " +
                                          std::to_string(labels.data.size()) + " labels");
  data.labels.resize(rows);
  for (Eigen::Index i = 0; i < rows; ++i) {
    const double label = labels.data[static_cast<std::size_t>(i)];
    if (label != std::floor(label) || label < -1 || label > 1e6)
      throw config.error("data.labels", "labels are whole numbers from -1 (unlabelled) up");
    data.labels[i] = static_cast<int>(label);
  }
  return data;
}

}  // namespace

DataSource inline_source() {
  return {.id = "inline",
          .label = "Inline",
          .help = "Points written into the scene.",
          .keys = {"data.points", "data.labels"},
          .parameters = {},
          .dimension = 0,
          .make = make};
}

}  // namespace iem
