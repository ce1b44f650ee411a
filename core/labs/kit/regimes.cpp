#include "core/labs/kit/regimes.h"

#include <algorithm>
#include <numeric>

#include "core/energy/energy.h"

namespace iem {
namespace {

// Whether a key means the same in both labs.
bool is_shared(const std::string& key) {
  static const std::vector<std::string> keys = {"seed",
                                                "model.energy",
                                                "model.covariance",
                                                "model.volume_term",
                                                "model.responsibility",
                                                "optimizer.learning_rate",
                                                "view.x",
                                                "view.y",
                                                "view.aspect",
                                                "view.pinned"};
  if (key.starts_with("data.") || key.starts_with("seeds.")) return true;
  if (std::ranges::find(keys, key) != keys.end()) return true;
  return std::ranges::any_of(energies(), [&](const EnergyType& energy) {
    return std::ranges::find(energy.parameters, key, &Parameter::key) != energy.parameters.end();
  });
}

Tensor rows_in_order(const Tensor& rows, const std::vector<int>& order) {
  Tensor out{rows.shape, {}};
  const std::size_t each = rows.data.size() / static_cast<std::size_t>(rows.shape[0]);
  for (const int j : order) {
    const auto from = rows.data.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(j) * each);
    out.data.insert(out.data.end(), from, from + static_cast<std::ptrdiff_t>(each));
  }
  return out;
}

}  // namespace

Scene same_points(const Snapshot& snapshot, const Lab& lab, const std::string& what) {
  const Scene& from = snapshot.setup->scene;
  Scene scene{{}, {}, {}, {}, from.folder, Config(lab.id(), lab.parameters()), {}, &lab};
  scene.name = from.name + "_" + lab.id();
  scene.title = (from.title.empty() ? from.name : from.title) + ", " + what;
  for (const std::string& key : from.config.keys())
    if (is_shared(key) && scene.config.table().find(key)) scene.config.set(key, from.config.value(key));
  return scene;
}

void give_prototypes(const Snapshot& snapshot, const std::vector<int>& order, Config& config) {
  config.set("model.energy", snapshot.config().text("model.energy"));  // the labs have different defaults
  config.set("model.init", std::string("explicit"));
  config.set("model.components", static_cast<std::int64_t>(order.size()));
  config.set("model.temperature", snapshot.temperature);
  for (const char* block : {"means", "covariances", "weights"})
    if (const auto rows = natural_block(snapshot, block))
      config.set(std::string("model.") + block, rows_in_order(*rows, order));
}

std::vector<int> prototypes_by_class(const Snapshot& snapshot, int classes) {
  const Eigen::MatrixXd& r = snapshot.evaluation.responsibilities;
  const Dataset& data = snapshot.data();
  const auto k = static_cast<int>(snapshot.evaluation.statistics.rows());
  std::vector<int> left(static_cast<std::size_t>(k)), out;
  std::iota(left.begin(), left.end(), 0);
  for (int c = 0; c < classes && !left.empty(); ++c) {
    const auto mass = [&](int j) {
      double sum = 0;
      for (Eigen::Index i = 0; i < std::min(r.rows(), data.labels.size()); ++i)
        if (data.labels[i] == c) sum += r(i, j);
      return sum;
    };
    const auto best = std::ranges::max_element(left, {}, mass);
    out.push_back(*best);
    left.erase(best);
  }
  out.insert(out.end(), left.begin(), left.end());
  return out;
}

int classes_named(const Dataset& data) {
  return data.has_labels() ? std::max(data.labels.maxCoeff(), -1) + 1 : 0;
}

}  // namespace iem
