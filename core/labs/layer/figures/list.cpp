#include "core/labs/layer/figures/list.h"

#include <algorithm>
#include <array>

#include "core/labs/kit/runs_figures.h"
#include "core/labs/layer/figures/phases.h"

namespace iem {

const std::vector<FigureType>& layer_figures() {
  static const std::vector<FigureType> all = with_runs({
      {"stage",
       "Units",
       "Units as lines in the plane, or as pictures of their weights.",
       layer_stage_figure,
       {},
       FigureUse::stage},
      {"loss",
       "Objective",
       "J and each of its terms over steps; past solid, known future pale.",
       layer_terms_figure,
       {},
       FigureUse::loss},
      {"identity",
       "Identity",
       "dL/dd by complex step against -r, on the diagonal.",
       layer_identity_figure,
       {},
       FigureUse::identity},
      {"variances", "Variance", "How much each unit's distances vary; dead units are below the line.",
       layer_variances_figure},
      {"correlation", "Correlation", "How alike the distances of two units are, and the redundancy of all.",
       layer_correlation_figure},
      {"responsibilities",
       "Pinned point",
       "The pinned point's r and dL/dd as mirrored bars.",
       layer_responsibilities_figure,
       {},
       FigureUse::point},
      {"activation",
       "Unit",
       "The distance along the normal of one unit, over how the points lie along it.",
       layer_activation_figure,
       {},
       FigureUse::prototype},
      {"usage", "Usage", "The share N_j/N of each unit over steps.", layer_usage_figure},
      {"clamp", "Clamp", "The pinned point's classes without its label and with it.", layer_clamp_figure},
      {"confusion", "Confusion", "How often each class is taken for another.", layer_confusion_figure},
  });
  return all;
}

int shown_unit(const Snapshot& snapshot, const View& view) {
  const auto k = static_cast<int>(layer_of(snapshot).units());
  for (const ElementId& each : {view.hovered, view.pinned})
    if (each.kind == ElementId::Kind::prototype && each.index < k) return each.index;
  const int point = shown_point(snapshot, view);
  const Eigen::MatrixXd& r = snapshot.evaluation.responsibilities;
  if (point < 0 || point >= r.rows()) return 0;
  Eigen::Index most = 0;
  r.row(point).maxCoeff(&most);
  return static_cast<int>(most);
}

bool is_unit_chosen(const Snapshot& snapshot, const View& view) {
  const auto k = static_cast<int>(layer_of(snapshot).units());
  return std::ranges::any_of(std::array{view.hovered, view.pinned}, [&](const ElementId& each) {
    return each.kind == ElementId::Kind::prototype && each.index < k;
  });
}

std::vector<Parameter> layer_view_parameters() {
  std::vector<Parameter> all = page_parameters(layer_figures(), [](const Config& config) {
    static const Value layer = std::vector<std::string>{"loss", "variances", "correlation", "activation"};
    static const Value readout = std::vector<std::string>{"loss", "variances", "clamp", "confusion"};
    return config.flag("model.readout") ? &readout : &layer;
  });
  all.push_back(phase_parameter(layer_phase_names()));
  all.push_back(notation_parameter());
  return all;
}

}  // namespace iem
