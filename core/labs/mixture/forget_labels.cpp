#include "core/labs/mixture/forget_labels.h"

#include <numeric>

#include "core/labs/kit/regimes.h"
#include "core/labs/mixture/lab.h"

namespace iem {
namespace {

std::string forgetting_unavailable(const Snapshot& snapshot) {
  if (!snapshot.model().responsibilities_unavailable().empty())
    return snapshot.model().responsibilities_unavailable();
  const std::optional<Tensor> means = natural_block(snapshot, "means");
  if (!means && natural_block(snapshot, "slopes")) return "Experts answer with lines, not with prototypes.";
  if (!means) return "Linear energies have no prototypes.";
  if (means->shape.back() != 2) return "The prototypes of a gate lie on the line.";
  const Eigen::Index k = snapshot.evaluation.statistics.rows();
  return k > snapshot.data().size() ? "There are more classes than points." : "";
}

Bridge::Crossing set_free(const Snapshot& snapshot, const View&) {
  Scene scene = same_points(snapshot, mixture_lab(), "without labels");
  std::vector<int> all(static_cast<std::size_t>(snapshot.evaluation.statistics.rows()));
  std::iota(all.begin(), all.end(), 0);
  give_prototypes(snapshot, all, scene.config);
  scene.description =
      "The same points and prototypes, and no label: who answers is a matter of distance alone.";
  return {std::move(scene), "The same prototypes; what the labels had clamped is shared out by distance",
          true};
}

}  // namespace

const Bridge& forget_labels_bridge() {
  static const Bridge bridge{.id = "forget_labels",
                             .label = "Forget the labels (mixture)",
                             .word = "Forget",
                             .help = "Open the same points and prototypes as a mixture, where nobody knows",
                             .from = "classifier",
                             .only = "Only a classifier has labels to forget.",
                             .figure = "identity",
                             .unavailable = forgetting_unavailable,
                             .cross = set_free};
  return bridge;
}

}  // namespace iem
