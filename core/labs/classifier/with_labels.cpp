#include "core/labs/classifier/with_labels.h"

#include "core/labs/classifier/lab.h"
#include "core/labs/kit/regimes.h"

namespace iem {
namespace {

std::string labels_unavailable(const Snapshot& snapshot) {
  if (!snapshot.model().responsibilities_unavailable().empty())
    return snapshot.model().responsibilities_unavailable();
  const int classes = classes_named(snapshot.data());
  if (classes == 0) return "The points have no labels.";
  const auto k = static_cast<int>(snapshot.evaluation.statistics.rows());
  return classes > k ? "There are fewer prototypes than classes." : "";
}

Bridge::Crossing clamp_by_labels(const Snapshot& snapshot, const View&) {
  Scene scene = same_points(snapshot, classifier_lab(), "with labels");
  give_prototypes(snapshot, prototypes_by_class(snapshot, classes_named(snapshot.data())), scene.config);
  scene.description =
      "The same points and prototypes, each the class that it answers for most: now the label says who has "
      "to.";
  return {std::move(scene), "The same prototypes; now the labels clamp what the energies had shared out",
          true};
}

}  // namespace

const Bridge& with_labels_bridge() {
  static const Bridge bridge{
      .id = "with_labels",
      .label = "Let the labels know (classifier)",
      .word = "Labels",
      .help = "Open the same points and prototypes as classes, clamped by their labels",
      .from = "mixture",
      .only = "Only a mixture waits for labels.",
      .figure = "identity",
      .unavailable = labels_unavailable,
      .cross = clamp_by_labels};
  return bridge;
}

}  // namespace iem
