#include "core/labs/neighbours/kit/toy.h"

#include <algorithm>

namespace iem {
namespace {

Dataset rows_of_batch(const Dataset& data, std::span<const Eigen::Index> batch) {
  Dataset out;
  const auto count = static_cast<Eigen::Index>(batch.size());
  out.points.resize(count, data.points.cols());
  if (data.has_labels()) out.labels.resize(count);
  for (Eigen::Index k = 0; k < count; ++k) {
    const Eigen::Index i = batch[static_cast<std::size_t>(k)];
    out.points.row(k) = data.points.row(i);
    if (data.has_labels()) out.labels[k] = data.labels[i];
  }
  return out;
}

}  // namespace

void Toy::evaluate(const Theta& theta, double, const Dataset& data, std::span<const Eigen::Index> batch,
                   Wanted, ThreadPool&, Evaluation& out) const {
  Dataset some;
  if (!batch.empty()) some = rows_of_batch(data, batch);
  const Dataset& rows = batch.empty() ? data : some;
  out.gradient = Theta::Zero(theta.size());
  std::vector<double> numbers;
  out.loss = value_and_numbers(theta, rows, out.gradient, numbers);
  layout_.mask(out.gradient);
  out.metrics = Eigen::Map<const Eigen::VectorXd>(numbers.data(), static_cast<Eigen::Index>(numbers.size()));
}

void Toy::add_block(const Config& config, const std::string& name, Eigen::Index rows, Eigen::Index columns) {
  const std::vector<std::string>& learn = config.list("model.learn");
  layout_.add(name, rows, columns, std::ranges::find(learn, name) != learn.end());
}

Parameter factor_start_key(double value, std::function<std::string(const Config&)> unavailable,
                           std::vector<std::string> switched_by) {
  return {.key = "model.alpha",
          .group = Group::model,
          .effect = Effect::start,
          .label = "Start",
          .symbol = "\\alpha",
          .help = "The size at which the factors of w start.",
          .default_value = value,
          .min = 0,
          .max = 1e3,
          .min_open = true,
          .slider_min = 0.01,
          .slider_max = 10,
          .logarithmic = true,
          .unavailable = std::move(unavailable),
          .switched_by = std::move(switched_by)};
}

void require_columns(const Config& config, const Dataset& data, int columns, const std::string& what) {
  if (data.dimension() == columns) return;
  const bool own = config.text("data.source") == "inline";
  const std::string message = "rows have " + std::to_string(data.dimension()) + " numbers; \"" +
                              config.text("model.toy") + "\" reads " + std::to_string(columns) + " (" + what +
                              ")";
  throw InputError(std::string(own ? "data.points" : "data.source") + ": " + message,
                   config.position(own ? "data.points" : "data.source"));
}

bool has_own_rows(const Snapshot& snapshot) {
  const Config& config = snapshot.config();
  return config.text("data.source") == "inline" && !config.flag("data.standardise");
}

std::optional<Edit> own_point_moved(const Drag& drag) {
  if (!has_own_rows(drag.now)) return std::nullopt;
  Tensor points = drag.now.config().tensor("data.points");
  if (points.shape.size() != 2 || drag.index < 0 || drag.index >= points.shape[0]) return std::nullopt;
  const auto at = static_cast<std::size_t>(drag.index * points.shape[1]);
  points.data[at] = drag.x, points.data[at + 1] = drag.y;
  return Edit{"data.points", std::move(points)};
}

}  // namespace iem
