#include "core/labs/classifier/model/diagnosis.h"

#include "core/labs/classifier/model/experts.h"
#include "core/labs/classifier/model/keys.h"
#include "core/labs/classifier/model/margin.h"
#include "core/run/divergence.h"

namespace iem {
namespace {

void find_missing_labels(const Snapshot& snapshot, std::vector<Diagnosis>& out) {
  const Classifier& model = classifier_of(snapshot);
  const Dataset& data = snapshot.data();
  std::vector<Eigen::Index> count(static_cast<std::size_t>(model.classes()), 0);
  Eigen::Index labelled = 0;
  for (Eigen::Index i = 0; i < data.size(); ++i)
    if (data.labels[i] >= 0) ++count[static_cast<std::size_t>(data.labels[i])], ++labelled;
  if (labelled == 0) {
    Diagnosis none{"no_labels", -1, "no point has a label: nothing clamps", "Keep a fifth of the labels", {}};
    if (snapshot.config().real("data.labelled") < 1)
      none.edits = {{"data.labelled", 0.2}};
    else
      none.remedy.clear();
    out.push_back(std::move(none));
    return;
  }
  for (std::size_t j = 0; j < count.size(); ++j) {
    if (count[j] > 0) continue;
    const bool only_pushed = model.kappa() > 0 && model.competes();
    out.push_back({"empty_class",
                   static_cast<int>(j),
                   label_words(data, static_cast<int>(j)) + " has no point with its label: " +
                       (only_pushed ? "it is pushed away and never pulled" : "no label pulls it"),
                   "",
                   {}});
  }
}

// On separated points a softmax cross-entropy over linear energies has no minimum; the remedy is to stop
// where a step gains almost nothing.
void find_separation(const Snapshot& snapshot, std::vector<Diagnosis>& out) {
  const Config& config = snapshot.config();
  const bool stops =
      config.real("schedule.stop_loss_change") > 0 || config.real("schedule.stop_grad_norm") > 0;
  if (stops || !is_separated(classifier_of(snapshot), snapshot.state.theta, snapshot.data())) return;
  out.push_back({"separable",
                 -1,
                 "the lines tell all points apart: J falls to 0 as W grows, and there is no optimum",
                 "Stop where a step gains less than 0.00001",
                 {{"schedule.stop_loss_change", 1e-5}}});
}

}  // namespace

std::vector<Diagnosis> diagnose_classifier(const Snapshot& snapshot) {
  std::vector<Diagnosis> out = diagnose_divergence(snapshot);
  if (!out.empty() || experts_of(snapshot)) return out;  // lines need no labels
  find_missing_labels(snapshot, out);
  find_separation(snapshot, out);
  return out;
}

}  // namespace iem
