#include "core/labs/classifier/model/margin.h"

#include <algorithm>
#include <limits>

namespace iem {

double least_gap(const Classifier& model, const Theta& theta, const Dataset& data) {
  const Classifier::Energies energies(model, theta);
  std::vector<double> d(static_cast<std::size_t>(model.hypotheses()));
  double least = std::numeric_limits<double>::infinity();
  bool any = false;
  for (Eigen::Index i = 0; i < data.size(); ++i) {
    const int label = data.has_labels() ? data.labels[i] : -1;
    if (label < 0) continue;
    energies.at(data.points(i, 0), data.points(i, 1), d);
    for (int j = 0; j < model.classes(); ++j) {
      if (j == label) continue;
      any = true;
      least = std::min(least, d[static_cast<std::size_t>(j)] - d[static_cast<std::size_t>(label)]);
    }
  }
  return any ? least : std::numeric_limits<double>::quiet_NaN();
}

bool is_separated(const Classifier& model, const Theta& theta, const Dataset& data) {
  const ClassifierOptions& o = model.options();
  return model.is_linear() && model.competes() && o.responsibility == Responsibility::softmax &&
         o.label_trust == 1 && !o.learn_confusion && !o.background && (o.learn_w || o.learn_b) &&
         least_gap(model, theta, data) > 0;
}

}  // namespace iem
