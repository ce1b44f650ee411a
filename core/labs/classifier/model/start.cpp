#include "core/labs/classifier/model/start.h"

#include <algorithm>

#include "core/base/libm.h"

#include "core/labs/classifier/model/keys.h"
#include "core/mixture/start.h"

namespace iem {
namespace {

bool is_given(const Config& config) { return config.text("model.init") == "explicit"; }

void require_given_lines(const Config& config) {
  const Tensor& w = config.tensor("model.W");
  const Tensor& b = config.tensor("model.b");
  if (w.data.empty()) throw config.error("model.init", "init = \"explicit\" needs model.W (K x 2)");
  if (!b.data.empty() && b.shape[0] != w.shape[0])
    throw config.error("model.b", "has shape " + shape_text(b.shape) + ": must be " +
                                      shape_text({w.shape[0]}) + ", as model.W says");
}

Theta given_lines(const Config& config, const Classifier& model) {
  require_given_lines(config);
  const std::vector<double>& w = config.tensor("model.W").data;
  const std::vector<double>& b = config.tensor("model.b").data;
  Theta theta = Theta::Zero(model.layout().size());
  const Block& slopes = model.layout().blocks()[0];
  const Block& offsets = model.layout().blocks()[1];
  std::copy_n(w.begin(), std::min<std::size_t>(w.size(), static_cast<std::size_t>(slopes.size())),
              theta.begin() + slopes.offset);
  std::copy_n(b.begin(), std::min<std::size_t>(b.size(), static_cast<std::size_t>(offsets.size())),
              theta.begin() + offsets.offset);
  return theta;
}

// The mean of the points with this label, or of all.
Eigen::Vector2d mean_of_class(const Dataset& data, int label) {
  Eigen::Vector2d sum(0, 0);
  Eigen::Index count = 0;
  for (Eigen::Index i = 0; i < data.size(); ++i)
    if (data.labels[i] == label) sum += data.points.row(i).transpose(), ++count;
  if (count == 0) return data.points.colwise().mean().transpose();
  return sum / static_cast<double>(count);
}

Theta means_of_classes(const Classifier& model, const Dataset& data) {
  const Mixture& prototypes = *model.prototypes();
  const Sym2 spread = start_spread(data, model.classes(), prototypes.options().covariance);
  std::vector<MixtureComponent> components;
  for (int j = 0; j < model.classes(); ++j) {
    Eigen::Vector2d mean = mean_of_class(data, j);
    if (prototypes.options().energy->on_circle && mean.isZero(0)) mean[0] = 1;  // the middle has no direction
    components.push_back({mean[0], mean[1], spread, 1.0});
  }
  return prototypes.pack(components);
}

}  // namespace

int given_classes(const Config& config) {
  if (!is_given(config)) return 0;
  const Tensor& rows = config.tensor(has_linear_energy(config) ? "model.W" : "model.means");
  return rows.shape.empty() ? 0 : static_cast<int>(rows.shape[0]);
}

void check_given_classes(const Config& config) {
  if (!is_given(config)) return;
  const std::int64_t asked = config.integer("model.components");
  const std::string by = "model.components = " + std::to_string(asked);
  if (!has_linear_energy(config)) {
    check_given_start(config, asked > 0 ? asked : given_classes(config), asked > 0 ? by : "model.means");
    return;
  }
  const Tensor& w = config.tensor("model.W");
  if (w.data.empty()) return;  // the start says what is missing
  require_given_lines(config);
  if (asked > 0 && w.shape[0] != asked)
    throw config.error("model.W", "has shape " + shape_text(w.shape) + ": must be " + shape_text({asked, 2}) +
                                      ", as " + by + " says");
}

namespace {

Theta start_of_energies(const Config& config, const Classifier& model, const Dataset& data, Random& init) {
  if (model.is_linear())
    return is_given(config) ? given_lines(config, model) : Theta::Zero(model.layout().size());
  return is_given(config) ? start_theta(config, *model.prototypes(), data, init)
                          : means_of_classes(model, data);
}

// Appends the start of the confusion, which follows from label_trust. The trust is limited, because a start
// with full trust would have no gradient and never learn a confusion.
Theta behind_it_the_confusion(Theta energies, const Classifier& model) {
  constexpr double kMostTrust = 0.8;
  const Block* c = model.confusion();
  if (!c) return energies;
  energies.conservativeResize(model.layout().size());
  const int k = model.classes();
  const double trust = std::min(model.options().label_trust, kMostTrust);
  for (int j = 0; j < k; ++j)
    for (int y = 0; y < k; ++y)
      energies[c->offset + static_cast<Eigen::Index>(j) * k + y] =
          libm::log(j == y ? trust : (1 - trust) / (k - 1));
  return energies;
}

}  // namespace

Theta start_of_classifier(const Config& config, const Classifier& model, const Dataset& data, Random& init) {
  Theta energies = start_of_energies(config, model, data, init);
  return behind_it_the_confusion(energies.head(model.energy_size()), model);
}

Theta carry_classes_over(const Theta& theta, const Classifier& from, const Config& config,
                         const Classifier& to, const Dataset& data, Random& init) {
  if (from.is_linear() != to.is_linear()) return start_of_classifier(config, to, data, init);
  Theta energies = Theta::Zero(to.energy_size());
  if (!from.is_linear()) {
    energies = carry_over(theta.head(from.energy_size()), *from.prototypes(), *to.prototypes(), data, init);
  } else {
    for (std::size_t block = 0; block < 2; ++block) {
      const Block& old = from.layout().blocks()[block];
      const Block& now = to.layout().blocks()[block];
      const Eigen::Index kept = std::min(old.size(), now.size());
      energies.segment(now.offset, kept) = theta.segment(old.offset, kept);
    }
  }
  Theta out = behind_it_the_confusion(std::move(energies), to);
  if (from.confusion() && to.confusion() && from.classes() == to.classes())
    out.tail(to.confusion()->size()) = theta.tail(from.confusion()->size());
  return out;
}

}  // namespace iem
