// Makes the options of the model from a configuration and its data.
#include <algorithm>

#include "core/base/check.h"
#include "core/base/words.h"
#include "core/labs/classifier/model/keys.h"
#include "core/labs/classifier/model/start.h"
#include "core/mixture/parameters.h"

namespace iem {
namespace {

template <class Names>
std::ptrdiff_t place_of(const Names& names, const std::string& name) {
  return std::ranges::find(names, name) - names.begin();
}

}  // namespace

void check_learned_blocks(const Config& config) {
  const auto& own = std::get<std::vector<std::string>>(*learned_blocks_of_classes(config));
  for (const std::string& name : config.list("model.learn"))
    if (std::ranges::find(own, name) == own.end())
      throw config.error("model.learn", "there is no " + name + " here: the parameters are " + joined(own));
}

namespace {

void check_labels(const Config& config, const Dataset& data) {
  if (!data.has_labels())
    throw value_error("data.source", config.value("data.source"),
                      "its points have no labels, which a classifier learns from; choose a source that has "
                      "some (blobs, moons, rings), or a table with a label column",
                      config.position_of_set({"data.source", "data.points", "data.path"}));
  const auto missing = (data.labels.array() < 0).count();
  if (has_sigmoids(config) && missing > 0)
    throw config.error("model.objective",
                       "independent sigmoids need a label for every point: " + std::to_string(missing) +
                           " of " + std::to_string(data.size()) + " have none");
}

// The number of classes: model.components unless that is 0, else as many as the labels name or a given start
// has rows.
int classes_of(const Config& config, const Dataset& data) {
  const int named = named_classes(data);
  const auto asked = static_cast<int>(config.integer("model.components"));
  if (asked == 0) {
    const int classes = std::max({named, given_classes(config), 1});
    if (classes > kMostPrototypes)
      throw config.error("model.components", "the labels go up to " + std::to_string(named - 1) +
                                                 ": there may be at most " + std::to_string(kMostPrototypes) +
                                                 " classes");
    return classes;
  }
  if (asked < named)
    throw config.error("model.components", "the labels go up to " + std::to_string(named - 1) +
                                               ": must be at least " + std::to_string(named));
  return asked;
}

MixtureOptions prototype_options(const Config& config, const Dataset& data, int classes) {
  MixtureOptions options;
  options.components = classes;
  options.energy = find_energy(config.text("model.energy"));
  IEM_CHECK(options.energy != nullptr);
  options.shape = energy_shape(*options.energy, config);
  options.covariance = covariance_kind(config);
  check_directions(config, *options.energy, data);
  const auto& learn = config.list("model.learn");
  const auto learns = [&](const char* block) { return std::ranges::find(learn, block) != learn.end(); };
  options.learn_means = learns("means");
  options.learn_covariances = learns("covariances");
  options.learn_weights = learns("weights");
  options.volume_term = config.flag("model.volume_term");
  options.sigma_floor = config.real("model.sigma_floor");
  options.objective_width = config.real("model.margin");
  return options;
}

}  // namespace

int named_classes(const Dataset& data) {
  const Eigen::VectorXi& labels = data.clean_labels.size() > 0 ? data.clean_labels : data.labels;
  int most = labels.size() > 0 ? std::max(labels.maxCoeff(), -1) : -1;
  if (data.held_out) most = std::max(most, named_classes(*data.held_out) - 1);
  return most + 1;
}

ClassifierOptions classifier_options(const Config& config, const Dataset& data) {
  check_labels(config, data);
  check_learned_blocks(config);
  ClassifierOptions options;
  options.classes = classes_of(config, data);
  options.objective =
      static_cast<ClassObjective>(place_of(class_objective_names(), config.text("model.objective")));
  options.responsibility =
      static_cast<Responsibility>(place_of(responsibility_names(), config.text("model.responsibility")));
  options.margin = config.real("model.margin");
  if (has_linear_energy(config)) {
    const auto& learn = config.list("model.learn");
    options.learn_w = std::ranges::find(learn, "W") != learn.end();
    options.learn_b = std::ranges::find(learn, "b") != learn.end();
  } else {
    options.prototypes = prototype_options(config, data, options.classes);
    options.discriminative = config.real("model.discriminative");
    options.unlabelled_weight = config.real("model.unlabelled_weight");
  }
  const bool doubts = where_labels_are_trusted(config).empty();
  options.learn_confusion = doubts && config.flag("model.learn_confusion");
  if (options.learn_confusion && options.classes < 2)
    throw config.error("model.learn_confusion", "there is one class only: nothing else could be right");
  const auto& learned = config.list("model.learn");
  options.confusion_moves = std::ranges::find(learned, "confusion") != learned.end();
  const double trust = config.real("model.label_trust");
  if (doubts && trust != 1) {
    if (options.classes < 2)
      throw config.error("model.label_trust", "there is one class only: nothing else could be right");
    if (trust < 1.0 / options.classes)
      throw config.error("model.label_trust",
                         "must be from 1/" + std::to_string(options.classes) + ", which says nothing, to 1");
    options.label_trust = trust;
  }
  if (!has_sigmoids(config) && config.flag("model.background"))
    options.background = config.real("model.background_energy");
  options.compare_held_out = data.held_out != nullptr;
  return options;
}

}  // namespace iem
