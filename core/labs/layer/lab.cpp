#include "core/labs/layer/lab.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/labs/layer/figures/formulas.h"
#include "core/labs/layer/figures/handles.h"
#include "core/labs/layer/figures/inspection.h"
#include "core/labs/layer/figures/list.h"
#include "core/labs/layer/figures/phases.h"
#include "core/labs/layer/model/checks.h"
#include "core/labs/layer/model/keys.h"
#include "core/labs/layer/model/metrics.h"
#include "core/run/divergence.h"

namespace iem {
namespace {

const Layer& as_layer(const Model& model) { return static_cast<const Layer&>(model); }

class LayerLab : public Lab {
 public:
  std::string id() const override { return "layer"; }
  std::string label() const override { return "Layer"; }
  std::string scene_group() const override { return "Layers"; }

  const std::shared_ptr<const ParameterTable>& parameters() const override {
    static const auto table = parameter_table(layer_parameters(), layer_view_parameters());
    return table;
  }
  const std::vector<FigureType>& figures() const override { return layer_figures(); }
  std::span<const SymbolMark> symbol_marks() const override {
    static constexpr auto all = std::to_array<SymbolMark>({
        {"w", "stage", "normal"},
        {"W", "stage", "normal"},
        {"z", "stage", "line"},
        {"d", "stage", "distance"},
        {"V", "variances", "variance"},
        {"R", "correlation", "correlation"},
    });
    return all;
  }
  const std::vector<Metric>& metrics() const override { return layer_metrics(); }
  const std::vector<IdentityCheck>& checks() const override { return layer_checks(); }

  void check_given(const Config& config) const override { check_given_layer(config); }
  bool start_is_given(const Config& config) const override {
    return Problem::start_is_given(config) && layer_start_is_given(config);
  }
  std::shared_ptr<const Model> make_model(const Config& config, const Dataset& data) const override {
    return std::make_shared<const Layer>(layer_options(config, data));
  }
  Theta initial_theta(const Config& config, const Model& model, const Dataset&, Random& init) const override {
    return layer_start(config, as_layer(model), init);
  }
  Theta convert(const Theta& theta, const Setup& from, const Setup& to, Random& init) const override;

  // The share N_j/N of each unit, and its variance.
  std::vector<double> trail(const Model&, const Theta&, const Evaluation& evaluation) const override {
    std::vector<double> out;
    const double total = evaluation.statistics.col(kUnitUsage).sum();
    for (Eigen::Index j = 0; j < evaluation.statistics.rows(); ++j)
      out.insert(out.end(),
                 {evaluation.statistics(j, kUnitUsage) / total, evaluation.statistics(j, kUnitVariance)});
    return out;
  }

  std::vector<std::string> dumps() const override {
    return {"responsibilities", "energies", "gradient", "points"};
  }
  Dump dump(const std::string& id, const Snapshot& snapshot) const override;
  const std::vector<Handle>& handles() const override { return layer_handles(); }
  std::vector<Phase> phases(const Snapshot& snapshot, int point) const override {
    return layer_phases(snapshot, point);
  }
  std::string formula(Group group, const Config& config) const override;
  Inspection inspect(const Snapshot& snapshot, const ElementId& element, int unit) const override {
    using Kind = ElementId::Kind;
    const bool is_unit = element.kind == Kind::prototype || element.kind == Kind::target;
    if (is_unit && element.index >= 0 && element.index < layer_of(snapshot).units())
      return inspect_unit(snapshot, element.index);
    if (element.kind == Kind::point && element.index >= 0 && element.index < snapshot.data().size())
      return inspect_layer_point(snapshot, element.index, unit);
    return {};
  }
  std::vector<Diagnosis> diagnose(const Snapshot& snapshot) const override {
    return diagnose_divergence(snapshot);
  }
  std::string loss_unit(const Config&) const override { return ""; }
  // N_j, where the units are few enough to have distinct shapes.
  StageShares stage_shares(const Snapshot& snapshot, int) const override {
    if (layer_of(snapshot).units() > kUnitsWithShapes) return {};
    return {shares(snapshot), "N", 1};
  }
  std::vector<double> shares(const Snapshot& snapshot) const override {
    const auto n = snapshot.evaluation.statistics.col(kUnitUsage);
    return {n.begin(), n.end()};
  }
};

std::string LayerLab::formula(Group group, const Config& config) const {
  switch (group) {
    case Group::model: return layer_distance_tex(config);
    case Group::objective: return layer_objective_tex(config);
    case Group::learning: return layer_rule_tex(config);
    default: return "";
  }
}

// Weights of units and inputs that both models have are kept; new ones begin as in a new start.
Theta LayerLab::convert(const Theta& theta, const Setup& from, const Setup& to, Random& init) const {
  const std::vector<Block>& old = from.model->layout().blocks();
  const bool same_inputs = as_layer(*from.model).inputs() == as_layer(*to.model).inputs();
  const auto kept = [&](const Block& block, Eigen::Index i, Eigen::Index j) -> const double* {
    const auto same = std::ranges::find(old, block.name, &Block::name);
    const bool there = same_inputs && same != old.end() && i < same->rows && j < same->columns;
    return there ? &theta[same->offset + i * same->columns + j] : nullptr;
  };
  return layer_start(to.config(), as_layer(*to.model), init, kept);
}

// Unlike responsibilities, dJ/dd_ij depends on all points, so where the snapshot has no rows it is computed
// for all points at once.
Dump LayerLab::dump(const std::string& id, const Snapshot& snapshot) const {
  const Dataset& data = snapshot.data();
  if (id == "points") {
    std::vector<std::string> names = data.names;
    for (auto a = static_cast<Eigen::Index>(names.size()); a < data.points.cols(); ++a)
      names.push_back("x" + std::to_string(a));
    return points_dump(data, names);
  }
  if (id != "gradient" || snapshot.evaluation.pulls.rows() > 0) return energies_dump(id, snapshot);
  Evaluation all;
  ThreadPool alone(1);
  snapshot.model().evaluate(snapshot.state.theta, snapshot.temperature, data, {}, Wanted::rows, alone, all);
  return {energy_columns(id, static_cast<int>(all.pulls.cols())),
          all.pulls / static_cast<double>(data.size())};
}

}  // namespace

const Lab& layer_lab() {
  static const LayerLab lab;
  return lab;
}

}  // namespace iem
